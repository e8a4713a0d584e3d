with dispositions as (
    select * from {{ ref('int_records__dispositions') }}
    where disposition = 'accepted' and nulled_cells is not null
)

select
    entity,
    record_id,
    source_file,
    line_number,
    {{ text_pieces('nulled_cells') }} as reason
from dispositions

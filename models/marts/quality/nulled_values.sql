with dispositions as (
    select * from {{ ref('int_records__dispositions') }}
    where disposition = 'accepted' and nulled_cells is not null
),

vital_status as (
    select * from {{ ref('int_treated__vital_status') }}
    where nulled_cells is not null
),

nulled as (
    select entity, record_id, source_file, line_number, nulled_cells
    from dispositions
    union all
    select 'vital_status' as entity, patient_id as record_id, source_file, line_number, nulled_cells
    from vital_status
)

select
    entity,
    record_id,
    source_file,
    line_number,
    {{ text_pieces('nulled_cells') }} as reason
from nulled

-- Cells that could not be read, and ends of doses that tell nothing.
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
),

read_doses as (
    select * from {{ ref('int_exposure__read_doses') }}
),

ignored_ends as (
    select * from {{ ref('int_exposure__ends') }}
    where ignored_because is not null
)

select
    entity,
    record_id,
    source_file,
    line_number,
    {{ text_pieces('nulled_cells') }} as reason
from nulled
union all
select
    'medication_administrations' as entity,
    read_doses.administration_id as record_id,
    read_doses.source_file,
    read_doses.line_number,
    ignored_ends.ignored_because as reason
from ignored_ends
inner join read_doses on ignored_ends.administration_id = read_doses.administration_id

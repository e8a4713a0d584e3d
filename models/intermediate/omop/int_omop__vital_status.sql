-- Of the dead the row of death, else the visit that ended by it; of the living the visit that ended last. A death is one whatever
-- its cause: an id of the cause that cannot be read is handed on as it is written, so that the cell is nulled with a reason.
with deaths as (
    select * from {{ ref('stg_omop__death') }}
    where unreadable_id is null or person_id is not null
),

causes as (
    select * from {{ ref('int_omop__causes_of_death') }}
),

last_visits as (
    select * from {{ ref('int_omop__last_visits') }}
),

patient_ids as (
    select * from {{ ref('int_omop__patient_ids') }}
),

told as (
    select
        deaths.person_id,
        cast(null as string) as last_contact_on,
        coalesce(deaths.death_datetime, deaths.death_date) as died_on,
        coalesce(causes.cause_of_death, deaths.unreadable_cell) as cause_of_death,
        deaths.source_file,
        deaths.line_number
    from deaths
    left join causes on deaths.source_file = causes.source_file and deaths.line_number = causes.line_number
    union all
    select
        person_id,
        case when not is_death then last_contact_on end as last_contact_on,
        case when is_death then last_contact_on end as died_on,
        null as cause_of_death,
        source_file,
        line_number
    from last_visits
)

select
    {{ omop_patient('told') }} as patient_id,
    told.last_contact_on,
    told.died_on,
    told.cause_of_death,
    cast(null as string) as contributing_cause,
    cast(null as string) as progressed_on,
    cast(null as string) as new_therapy_on,
    told.source_file,
    told.line_number
from told
left join patient_ids on told.person_id = patient_ids.person_id

-- The last visit to end of every person of whom no death is told.
with deaths as (
    select * from {{ ref('stg_omop__death') }}
    where unreadable_id is null and person_id is not null
),

visits as (
    select
        *,
        coalesce(visit_end_date, visit_end_datetime, visit_start_date) as last_contact_on
    from {{ ref('stg_omop__visit_occurrence') }}
    where
        unreadable_id is null
        and person_id is not null
        and person_id not in (select deaths.person_id from deaths)
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_id order by {{ parsed_time('last_contact_on') }} desc nulls last, source_file, line_number
        ) as place
    from visits
    where {{ parsed_time('last_contact_on') }} is not null
)

select
    person_id,
    last_contact_on,
    source_file,
    line_number
from ranked
where place = 1

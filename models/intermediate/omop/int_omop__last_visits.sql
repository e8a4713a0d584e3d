-- The last visit to end of every person of whom no death is told; of one who died in hospital, as the visit tells, that visit.
with deaths as (
    select * from {{ ref('stg_omop__death') }}
    where unreadable_id is null or person_id is not null
),

visits as (
    select
        visits.person_id,
        coalesce(visits.visit_end_date, visits.visit_end_datetime, visits.visit_start_date) as last_contact_on,
        coalesce(discharges.term = 'died', false) as is_death,
        visits.source_file,
        visits.line_number
    from {{ ref('stg_omop__visit_occurrence') }} as visits
    left join deaths on visits.person_id = deaths.person_id
    left join {{ ref('omop_concepts') }} as discharges
        on
            coalesce(visits.discharged_to_concept_id, visits.discharge_to_concept_id) = discharges.concept_id
            and discharges.meaning = 'discharge'
    where visits.unreadable_id is null and visits.person_id is not null and deaths.person_id is null
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_id order by is_death desc, {{ parsed_time('last_contact_on') }} desc, line_number
        ) as place
    from visits
    where {{ parsed_time('last_contact_on') }} is not null
)

select
    person_id,
    last_contact_on,
    is_death,
    source_file,
    line_number
from ranked
where place = 1

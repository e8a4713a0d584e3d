with treated as (
    select * from {{ ref('int_treated__patients') }}
),

cohort as (
    select * from {{ ref('int_cohort__patients') }}
),

deaths as (
    select * from {{ ref('int_disease__deaths') }}
)

select
    treated.patient_id,
    treated.infusion_id,
    treated.infused_at,
    treated.product,
    case when cast(treated.infused_at as date) < {{ date_var('era_date') }} then 'before' else 'from' end as era,
    cast(treated.age_years as integer) as age_years,
    treated.age_null_reason,
    treated.sex,
    treated.died_on,
    treated.is_dead,
    case when treated.is_dead then deaths.is_toxicity_death when not treated.is_dead then false end as is_toxicity_death,
    deaths.cause_of_death,
    treated.lymphodepletion_started_at,
    treated.discharged_on,
    treated.last_contact_on,
    cohort.patient_id is not null as is_in_cohort,
    treated.source_file as infusion_source_file,
    treated.line_number as infusion_line_number
from treated
left join cohort on treated.patient_id = cohort.patient_id
left join deaths on treated.patient_id = deaths.patient_id

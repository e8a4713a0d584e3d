-- The first given dose of the index drug from the day of infusion to the last study day, whatever its purpose. Dose 0 is none,
-- nor is a local one, but into the cerebrospinal fluid.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

administrations as (
    select * from {{ given_drugs() }}
    where
        ingredient = {{ text_var('index_drug') }}
        and (not is_local or route = 'intrathecal')
),

doses as (
    select
        treated.patient_id,
        administrations.administration_id,
        administrations.started_at,
        administrations.is_date_alone,
        {{ days_between('treated.infused_at', 'administrations.started_at') }} as study_day,
        row_number() over (
            partition by treated.patient_id order by administrations.started_at, administrations.administration_id
        ) as dose_number
    from treated
    inner join administrations on treated.patient_id = administrations.patient_id
    where
        {{ days_between('treated.infused_at', 'administrations.started_at') }} between 0 and {{ integer_var('last_study_day') }}
)

select
    patient_id,
    administration_id as index_administration_id,
    started_at as index_started_at,
    is_date_alone,
    study_day as index_study_day
from doses
where dose_number = 1

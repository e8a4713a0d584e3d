-- A patient leaves at the first step whose reason applies, so that the steps add up.
with patients as (
    select * from {{ ref('int_records__patients') }}
),

exclusions as (
    select * from {{ ref('int_exclusions__all') }}
),

steps as (
    select * from {{ ref('exclusion_steps') }}
),

first_reasons as (
    select
        exclusions.patient_id,
        min(steps.step_number) as step_number
    from exclusions
    inner join steps on exclusions.reason = steps.reason
    group by exclusions.patient_id
),

leaving as (
    select
        steps.step_number,
        steps.step,
        steps.reason,
        steps.population,
        count(first_reasons.patient_id) as n_excluded
    from steps
    left join first_reasons on steps.step_number = first_reasons.step_number
    group by steps.step_number, steps.step, steps.reason, steps.population
    union all
    select 0 as step_number, 'Patients with usable records' as step, null as reason, 'all' as population, 0 as n_excluded
)

select
    step_number,
    step,
    reason,
    population,
    cast(n_excluded as integer) as n_excluded,
    cast(
        (select count(*) from patients)
        - sum(n_excluded) over (order by step_number rows between unbounded preceding and current row)
        as integer
    ) as n_remaining
from leaving

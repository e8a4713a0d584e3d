with treated as (
    select * from {{ ref('treated_patients') }}
),

eras as (
    select 'before' as era
    union all
    select 'from' as era
),

counted as (
    select
        eras.era,
        count(treated.patient_id) as n_treated,
        count(case when treated.is_dead then 1 end) as n_deaths,
        count(case when treated.is_toxicity_death then 1 end) as n_toxicity_deaths,
        count(case when treated.is_dead and treated.is_toxicity_death is null then 1 end) as n_deaths_of_unknown_cause,
        count(case when treated.is_dead is null then treated.patient_id end) as n_unknown_vital_status
    from eras
    left join treated on eras.era = treated.era
    group by eras.era
)

select
    era,
    cast(n_treated as integer) as n_treated,
    cast(n_deaths as integer) as n_deaths,
    cast(n_toxicity_deaths as integer) as n_toxicity_deaths,
    case
        when n_unknown_vital_status = 0 then 100 * cast(n_toxicity_deaths as double) / nullif(n_deaths, 0)
    end as pct_of_deaths,
    100 * cast(n_toxicity_deaths as double) / nullif(n_treated, 0) as pct_of_treated,
    cast(n_deaths_of_unknown_cause as integer) as n_deaths_of_unknown_cause,
    cast(n_unknown_vital_status as integer) as n_unknown_vital_status,
    case when n_deaths_of_unknown_cause + n_unknown_vital_status > 0 then 'at_least' else 'exact' end as certainty
from counted

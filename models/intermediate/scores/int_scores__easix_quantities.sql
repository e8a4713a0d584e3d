-- The quantities of the EASIX family in the units of its formulas, which are the canonical ones but for CRP in mg/dL.
-- A platelet count printed as zero stands for a bound: nothing is divided by zero.
with treated as (
    select * from {{ ref('int_population__treated') }}
),

baseline as (
    select * from {{ ref('int_labs__baseline') }}
),

zero_counts as (
    select * from {{ ref('score_zero_counts') }}
),

milligrams_per_decilitre as (
    select * from {{ ref('lab_units') }}
    where analyte = 'crp' and name = 'mg/dl'
),

bounded as (
    select
        baseline.patient_id,
        baseline.analyte,
        case when zero_counts.analyte is not null then 'left' else baseline.censoring end as censoring,
        coalesce(zero_counts.stands_for, baseline.value) as value
    from baseline
    left join zero_counts on baseline.analyte = zero_counts.analyte and baseline.value = 0
)

select
    treated.patient_id,
    max(case when bounded.analyte = 'ldh' then bounded.value end) as ldh,
    max(case when bounded.analyte = 'creatinine' then bounded.value end) as creatinine,
    max(case when bounded.analyte = 'crp' then bounded.value / milligrams_per_decilitre.factor end) as crp,
    max(case when bounded.analyte = 'platelets' then bounded.value end) as platelets,
    max(case when bounded.analyte = 'ldh' then bounded.censoring end) as ldh_censoring,
    max(case when bounded.analyte = 'creatinine' then bounded.censoring end) as creatinine_censoring,
    max(case when bounded.analyte = 'crp' then bounded.censoring end) as crp_censoring,
    max(case when bounded.analyte = 'platelets' then bounded.censoring end) as platelets_censoring
from treated
cross join milligrams_per_decilitre
left join bounded on treated.patient_id = bounded.patient_id
group by treated.patient_id

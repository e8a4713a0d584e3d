-- The quantities of the EASIX family in the units of its formulas, which are the canonical ones but for CRP in mg/dL.
-- A platelet count printed as zero stands for a bound: nothing is divided by zero.
with treated as (
    select * from {{ ref('int_treated__patients') }}
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
    ldh.value as ldh,
    creatinine.value as creatinine,
    crp.value / milligrams_per_decilitre.factor as crp,
    platelets.value as platelets,
    ldh.censoring as ldh_censoring,
    creatinine.censoring as creatinine_censoring,
    crp.censoring as crp_censoring,
    platelets.censoring as platelets_censoring
from treated
cross join milligrams_per_decilitre
left join bounded as ldh on treated.patient_id = ldh.patient_id and ldh.analyte = 'ldh'
left join bounded as creatinine on treated.patient_id = creatinine.patient_id and creatinine.analyte = 'creatinine'
left join bounded as crp on treated.patient_id = crp.patient_id and crp.analyte = 'crp'
left join bounded as platelets on treated.patient_id = platelets.patient_id and platelets.analyte = 'platelets'

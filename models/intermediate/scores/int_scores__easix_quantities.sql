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

formula_units as (
    select * from {{ ref('lab_units') }}
    where analyte = 'crp' and name = 'mg/dl'
),

bounded as (
    select
        baseline.patient_id,
        baseline.analyte,
        case when zero_counts.analyte is not null then 'left' else baseline.censoring end as censoring,
        coalesce(zero_counts.stands_for, baseline.value) / coalesce(formula_units.factor, 1) as value
    from baseline
    left join zero_counts on baseline.analyte = zero_counts.analyte and baseline.value = 0
    left join formula_units on baseline.analyte = formula_units.analyte
)

{%- set analytes = ['ldh', 'creatinine', 'crp', 'platelets'] %}

select
    {% for analyte in analytes %}
        {{ analyte }}.value as {{ analyte }},
        {{ analyte }}.censoring as {{ analyte }}_censoring,
    {% endfor %}
    treated.patient_id
from treated
{% for analyte in analytes %}
    left join bounded as {{ analyte }}
        on treated.patient_id = {{ analyte }}.patient_id and {{ analyte }}.analyte = '{{ analyte }}'
{% endfor %}

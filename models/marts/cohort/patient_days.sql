-- What a question about the course of the cohort needs, on one line a day.
{%- set analytes = {'ferritin': 'ferritin_ng_ml', 'ldh': 'ldh_u_l', 'crp': 'crp_mg_l'} %}
with cohort as (
    select * from {{ ref('cohort') }}
),

treated as (
    select * from {{ ref('treated_patients') }}
),

toxicity_days as (
    select * from {{ ref('toxicity_days') }}
),

doses as (
    select * from {{ ref('int_exposure__daily_doses') }}
),

grid as (
    select * from {{ ref('lab_daily_grid') }}
),

graded as (
    select
        patient_id,
        study_day,
        max(case when toxicity = 'ICANS' then grade end) as icans_grade,
        max(case when toxicity = 'CRS' then grade end) as crs_grade
    from toxicity_days
    where study_day <= {{ integer_var('last_study_day') }}
    group by patient_id, study_day
),

measured as (
    select
        {% for analyte, column in analytes.items() %}
            max(case when analyte = '{{ analyte }}' then value end) as {{ column }},
            bool_or(analyte = '{{ analyte }}' and (is_right_censored or is_left_censored)) as is_{{ analyte }}_bound,
        {% endfor %}
        patient_id,
        study_day
    from grid
    group by patient_id, study_day
)

select
    cohort.patient_id,
    graded.study_day,
    cast({{ days_after('treated.infused_at', 'graded.study_day') }} as date) as date,
    cohort.study_group,
    cohort.product,
    graded.icans_grade,
    graded.crs_grade,
    case when doses.patient_id is null then 0.0 else doses.dexamethasone_equivalent_mg end as dexamethasone_equivalent_mg,
    coalesce(doses.is_lower_bound, false) as is_dexamethasone_lower_bound,
    measured.ferritin_ng_ml,
    measured.is_ferritin_bound,
    measured.ldh_u_l,
    measured.is_ldh_bound,
    measured.crp_mg_l,
    measured.is_crp_bound
from cohort
inner join treated on cohort.patient_id = treated.patient_id
inner join graded on cohort.patient_id = graded.patient_id
inner join measured on graded.patient_id = measured.patient_id and graded.study_day = measured.study_day
left join doses on graded.patient_id = doses.patient_id and graded.study_day = doses.study_day

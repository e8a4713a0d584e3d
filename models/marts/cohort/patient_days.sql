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

unknown_patients as (
    select * from {{ ref('int_exposure__unknown_patients') }}
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
),

joined as (
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
        measured.is_crp_bound,
        unknown_patients.patient_id is not null as is_dose_unknown,
        coalesce(doses.certainty = 'estimated', false) as is_dose_estimated
    from cohort
    inner join treated on cohort.patient_id = treated.patient_id
    inner join graded on cohort.patient_id = graded.patient_id
    inner join measured on graded.patient_id = measured.patient_id and graded.study_day = measured.study_day
    left join doses on graded.patient_id = doses.patient_id and graded.study_day = doses.study_day
    left join unknown_patients on cohort.patient_id = unknown_patients.patient_id
)

select
    patient_id,
    study_day,
    date,
    study_group,
    product,
    icans_grade,
    crs_grade,
    dexamethasone_equivalent_mg,
    is_dexamethasone_lower_bound,
    ferritin_ng_ml,
    is_ferritin_bound,
    ldh_u_l,
    is_ldh_bound,
    crp_mg_l,
    is_crp_bound,
    case when not is_dose_unknown then round(sum(coalesce(dexamethasone_equivalent_mg, 0.0)) over days_so_far, 9) end
        as cumulative_dexamethasone_equivalent_mg,
    case
        when is_dose_unknown then 'unknown'
        when bool_or(is_dexamethasone_lower_bound) over days_so_far then 'at_least'
        when bool_or(is_dose_estimated) over days_so_far then 'estimated'
        else 'exact'
    end as cumulative_dexamethasone_certainty
from joined
window days_so_far as (partition by patient_id order by study_day rows between unbounded preceding and current row)

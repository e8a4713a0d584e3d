-- What a question about the course of the cohort needs, on one line a day.
{%- set analytes = {'ferritin': 'ferritin_ng_ml', 'ldh': 'ldh_u_l', 'crp': 'crp_mg_l'} %}
with cohort as (
    select * from {{ ref('cohort') }}
),

treated as (
    select * from {{ ref('treated_patients') }}
),

toxicity_days as {{ inline() }} (
    select * from {{ ref('toxicity_days') }}
),

doses as (
    select * from {{ ref('int_exposure__daily_doses') }}
),

unknown_patients as (
    select * from {{ ref('int_exposure__unknown_patients') }}
),

grid as {{ inline() }} (
    select * from {{ ref('lab_daily_grid') }}
),

days as (
    select
        cohort.patient_id,
        cohort.study_group,
        cohort.product,
        treated.infused_at,
        {{ number_series('0', integer_var('last_study_day')) }} as study_day
    from cohort
    inner join treated on cohort.patient_id = treated.patient_id
),

joined as (
    select
        days.patient_id,
        cast(days.study_day as integer) as study_day,
        cast({{ days_after('days.infused_at', 'days.study_day') }} as date) as date,
        days.study_group,
        days.product,
        icans.grade as icans_grade,
        icans.certainty = 'at_least' as is_icans_lower_bound,
        crs.grade as crs_grade,
        crs.certainty = 'at_least' as is_crs_lower_bound,
        case when doses.patient_id is null then 0.0 else doses.dexamethasone_equivalent_mg end as dexamethasone_equivalent_mg,
        coalesce(doses.is_lower_bound, false) as is_dexamethasone_lower_bound,
        {% for analyte, column in analytes.items() %}
            {{ analyte }}.value as {{ column }},
            coalesce({{ analyte }}.is_right_censored or {{ analyte }}.is_left_censored, false) as is_{{ analyte }}_bound,
        {% endfor %}
        unknown_patients.patient_id is not null as is_dose_unknown,
        doses.certainty = 'estimated' as is_dose_estimated
    from days
    {% for toxicity in ['icans', 'crs'] %}
        left join toxicity_days as {{ toxicity }}
            on
                days.patient_id = {{ toxicity }}.patient_id
                and days.study_day = {{ toxicity }}.study_day
                and {{ toxicity }}.toxicity = '{{ toxicity | upper }}'
    {% endfor %}
    {% for analyte in analytes %}
        left join grid as {{ analyte }}
            on
                days.patient_id = {{ analyte }}.patient_id
                and days.study_day = {{ analyte }}.study_day
                and {{ analyte }}.analyte = '{{ analyte }}'
    {% endfor %}
    left join doses on days.patient_id = doses.patient_id and days.study_day = doses.study_day
    left join unknown_patients on days.patient_id = unknown_patients.patient_id
)

select
    patient_id,
    study_day,
    date,
    study_group,
    product,
    icans_grade,
    is_icans_lower_bound,
    crs_grade,
    is_crs_lower_bound,
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

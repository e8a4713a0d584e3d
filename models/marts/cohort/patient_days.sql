-- What a question about the course of the cohort needs, on one line a day.
{%- set analytes = {'ferritin': 'ferritin_ng_ml', 'ldh': 'ldh_u_l', 'crp': 'crp_mg_l'} %}
with cohort as (
    select * from {{ ref('cohort') }}
),

treated as (
    select * from {{ ref('treated_patients') }}
),

grades as (
    select
        days.patient_id,
        {% for toxicity in ['icans', 'crs'] %}
            max(case when days.toxicity = '{{ toxicity | upper }}' then days.grade end) as {{ toxicity }}_grade,
            bool_or(case when days.toxicity = '{{ toxicity | upper }}' then days.certainty = 'at_least' end)
                as is_{{ toxicity }}_lower_bound,
        {% endfor %}
        days.study_day
    from {{ ref('toxicity_days') }} as days
    inner join cohort on days.patient_id = cohort.patient_id
    group by days.patient_id, days.study_day
),

results as (
    select
        grid.patient_id,
        {% for analyte, column in analytes.items() %}
            max(case when grid.analyte = '{{ analyte }}' then grid.value end) as {{ column }},
            bool_or(grid.analyte = '{{ analyte }}' and (grid.is_right_censored or grid.is_left_censored))
                as is_{{ analyte }}_bound,
        {% endfor %}
        grid.study_day
    from {{ ref('lab_daily_grid') }} as grid
    inner join cohort on grid.patient_id = cohort.patient_id
    group by grid.patient_id, grid.study_day
),

doses as (
    select * from {{ ref('int_exposure__daily_doses') }}
),

unknown_patients as (
    select * from {{ ref('int_exposure__unknown_patients') }}
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
        {% for toxicity in ['icans', 'crs'] %}
            grades.{{ toxicity }}_grade,
            grades.is_{{ toxicity }}_lower_bound,
        {% endfor %}
        case when doses.patient_id is null then 0.0 else doses.dexamethasone_equivalent_mg end as dexamethasone_equivalent_mg,
        coalesce(doses.is_lower_bound, false) as is_dexamethasone_lower_bound,
        {% for analyte, column in analytes.items() %}
            results.{{ column }},
            coalesce(results.is_{{ analyte }}_bound, false) as is_{{ analyte }}_bound,
        {% endfor %}
        unknown_patients.patient_id is not null as is_dose_unknown,
        doses.certainty = 'estimated' as is_dose_estimated
    from days
    left join grades on days.patient_id = grades.patient_id and days.study_day = grades.study_day
    left join results on days.patient_id = results.patient_id and days.study_day = results.study_day
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

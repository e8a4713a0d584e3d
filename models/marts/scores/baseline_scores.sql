with treated as (
    select * from {{ ref('int_treated__patients') }}
),

totals as (
    select * from {{ ref('int_scores__totals') }}
),

easix_family as (
    select * from {{ ref('int_scores__easix') }}
),

flagged as (
    select
        patient_id,
        {{ joined_texts('case when is_estimated then analyte end') }} as estimated_analytes,
        {{ joined_texts('case when is_after_lymphodepletion then analyte end') }} as analytes_after_lymphodepletion
    from {{ ref('int_labs__baseline') }}
    group by patient_id
)

select
    treated.patient_id,
    ipi.points as ipi,
    ipi.fewest_points as ipi_min,
    ipi.most_points as ipi_max,
    ipi.category as ipi_category,
    ipi.n_components as ipi_n_components,
    ipi.undetermined_components as ipi_undetermined_components,
    cast(treated.ipi as integer) as recorded_ipi,
    easix.value as easix,
    easix.censoring as easix_censoring,
    easix.n_components as easix_n_components,
    m_easix.value as m_easix,
    m_easix.censoring as m_easix_censoring,
    m_easix.n_components as m_easix_n_components,
    s_easix.value as s_easix,
    s_easix.censoring as s_easix_censoring,
    s_easix.n_components as s_easix_n_components,
    easix.category as easix_category,
    car_hematotox.points as car_hematotox,
    car_hematotox.fewest_points as car_hematotox_min,
    car_hematotox.most_points as car_hematotox_max,
    car_hematotox.category as car_hematotox_category,
    car_hematotox.n_components as car_hematotox_n_components,
    car_hematotox.undetermined_components as car_hematotox_undetermined_components,
    flagged.estimated_analytes,
    flagged.analytes_after_lymphodepletion
from treated
inner join totals as ipi on treated.patient_id = ipi.patient_id and ipi.score = 'ipi'
inner join totals as car_hematotox on treated.patient_id = car_hematotox.patient_id and car_hematotox.score = 'car_hematotox'
inner join easix_family as easix on treated.patient_id = easix.patient_id and easix.score = 'easix'
inner join easix_family as m_easix on treated.patient_id = m_easix.patient_id and m_easix.score = 'm_easix'
inner join easix_family as s_easix on treated.patient_id = s_easix.patient_id and s_easix.score = 's_easix'
left join flagged on treated.patient_id = flagged.patient_id

with cohort as (
    select * from {{ ref('int_cohort__patients') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

course as (
    select * from {{ ref('int_cohort__toxicity_course') }}
),

at_index as (
    select * from {{ ref('int_cohort__grades_at_index') }}
),

best_response as (
    select * from {{ ref('int_disease__best_response') }}
)

select
    cohort.patient_id,
    cohort.study_group,
    cohort.index_started_at,
    cohort.index_study_day,
    cohort.toxicity_onset_at,
    cohort.toxicity_resolved_at,
    cast(treated.age_years as integer) as age_years,
    treated.sex,
    treated.product,
    treated.ann_arbor_stage,
    treated.ipi,
    treated.prior_lines,
    treated.disease_status = 'refractory' as is_refractory,
    icans_at_index.grade_at_index as icans_grade_at_index,
    crs_at_index.grade_at_index as crs_grade_at_index,
    icans_course.peak_grade as peak_icans_grade,
    crs_course.peak_grade as peak_crs_grade,
    icans_at_index.peak_grade_before_index as peak_icans_grade_before_index,
    crs_at_index.peak_grade_before_index as peak_crs_grade_before_index,
    best_response.best_response
from cohort
inner join treated on cohort.patient_id = treated.patient_id
left join course as icans_course on cohort.patient_id = icans_course.patient_id and icans_course.toxicity = 'ICANS'
left join course as crs_course on cohort.patient_id = crs_course.patient_id and crs_course.toxicity = 'CRS'
left join at_index as icans_at_index on cohort.patient_id = icans_at_index.patient_id and icans_at_index.toxicity = 'ICANS'
left join at_index as crs_at_index on cohort.patient_id = crs_at_index.patient_id and crs_at_index.toxicity = 'CRS'
left join best_response on cohort.patient_id = best_response.patient_id

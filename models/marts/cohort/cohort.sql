{%- set ipi = choice_var('ipi_source', {'recorded': 'indices.recorded_ipi', 'computed': 'indices.computed_ipi'}) %}
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

peaks as (
    select * from {{ ref('int_toxicity__peaks') }}
),

best_response as (
    select * from {{ ref('int_disease__best_response') }}
),

scores as (
    select * from {{ ref('int_scores__totals') }}
),

indices as (
    select
        treated.patient_id,
        treated.ipi as recorded_ipi,
        scores.points as computed_ipi
    from treated
    left join scores on treated.patient_id = scores.patient_id and scores.score = 'ipi'
),

grades as (
    select
        {% for toxicity in ['icans', 'crs'] %}
            max(case when course.toxicity = '{{ toxicity | upper }}' then at_index.grade_at_index end)
                as {{ toxicity }}_grade_at_index,
            max(case when course.toxicity = '{{ toxicity | upper }}' then course.peak_grade end) as peak_{{ toxicity }}_grade,
            max(case when course.toxicity = '{{ toxicity | upper }}' then at_index.peak_grade_before_index end)
                as peak_{{ toxicity }}_grade_before_index,
            max(case when course.toxicity = '{{ toxicity | upper }}' then at_index.grade_at_index_certainty end)
                as {{ toxicity }}_grade_at_index_certainty,
            max(case when course.toxicity = '{{ toxicity | upper }}' then peaks.certainty end)
                as peak_{{ toxicity }}_grade_certainty,
            max(case when course.toxicity = '{{ toxicity | upper }}' then at_index.peak_grade_before_index_certainty end)
                as peak_{{ toxicity }}_grade_before_index_certainty,
        {% endfor %}
        course.patient_id
    from course
    left join at_index on course.patient_id = at_index.patient_id and course.toxicity = at_index.toxicity
    left join peaks on course.patient_id = peaks.patient_id and course.toxicity = peaks.toxicity
    group by course.patient_id
)

select
    cohort.patient_id,
    cohort.study_group,
    cohort.index_started_at,
    cohort.index_study_day,
    cohort.toxicity_onset_at,
    cohort.first_onset_at,
    cohort.toxicity_resolved_at,
    cast(treated.age_years as integer) as age_years,
    treated.sex,
    treated.product,
    treated.ann_arbor_stage,
    cast({{ ipi }} as integer) as ipi,
    treated.prior_lines,
    treated.disease_status = 'refractory' as is_refractory,
    grades.icans_grade_at_index,
    grades.crs_grade_at_index,
    grades.peak_icans_grade,
    grades.peak_crs_grade,
    grades.peak_icans_grade_before_index,
    grades.peak_crs_grade_before_index,
    best_response.best_response,
    cohort.index_administration_id,
    coalesce(grades.icans_grade_at_index_certainty, 'unknown') as icans_grade_at_index_certainty,
    coalesce(grades.crs_grade_at_index_certainty, 'unknown') as crs_grade_at_index_certainty,
    coalesce(grades.peak_icans_grade_certainty, 'unknown') as peak_icans_grade_certainty,
    coalesce(grades.peak_crs_grade_certainty, 'unknown') as peak_crs_grade_certainty,
    coalesce(grades.peak_icans_grade_before_index_certainty, 'unknown') as peak_icans_grade_before_index_certainty,
    coalesce(grades.peak_crs_grade_before_index_certainty, 'unknown') as peak_crs_grade_before_index_certainty
from cohort
inner join treated on cohort.patient_id = treated.patient_id
inner join grades on cohort.patient_id = grades.patient_id
inner join indices on cohort.patient_id = indices.patient_id
left join best_response on cohort.patient_id = best_response.patient_id

{%- set ipi = choice_var('ipi_source', {'recorded': 'indices.recorded_ipi', 'computed': 'indices.computed_ipi'}) %}
with cohort as (
    select * from {{ ref('int_cohort__patients') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
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
    icans_at_index.grade_at_index as icans_grade_at_index,
    crs_at_index.grade_at_index as crs_grade_at_index,
    icans_peaks.peak_grade as peak_icans_grade,
    crs_peaks.peak_grade as peak_crs_grade,
    icans_at_index.peak_grade_before_index as peak_icans_grade_before_index,
    crs_at_index.peak_grade_before_index as peak_crs_grade_before_index,
    best_response.best_response,
    cohort.index_administration_id,
    icans_at_index.grade_at_index_certainty as icans_grade_at_index_certainty,
    crs_at_index.grade_at_index_certainty as crs_grade_at_index_certainty,
    icans_peaks.certainty as peak_icans_grade_certainty,
    crs_peaks.certainty as peak_crs_grade_certainty,
    icans_at_index.peak_grade_before_index_certainty as peak_icans_grade_before_index_certainty,
    crs_at_index.peak_grade_before_index_certainty as peak_crs_grade_before_index_certainty
from cohort
inner join treated on cohort.patient_id = treated.patient_id
inner join indices on cohort.patient_id = indices.patient_id
{% for toxicity in ['icans', 'crs'] %}
    left join at_index as {{ toxicity }}_at_index
        on
            cohort.patient_id = {{ toxicity }}_at_index.patient_id
            and {{ toxicity }}_at_index.toxicity = '{{ toxicity | upper }}'
    left join peaks as {{ toxicity }}_peaks
        on cohort.patient_id = {{ toxicity }}_peaks.patient_id and {{ toxicity }}_peaks.toxicity = '{{ toxicity | upper }}'
{% endfor %}
left join best_response on cohort.patient_id = best_response.patient_id

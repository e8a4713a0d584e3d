-- One row per measure and cohort patient of what is described and not tested: scores before lymphodepletion, and the day of the
-- index time. A score made of a value beyond an assay's limit is a bound, one of an older value than the last draw an estimate.
with measured as (
    select
        patient_id, 'index_study_day' as measure, 'study day' as unit, cast(index_study_day as double) as value,
        'none' as censoring, [] as analytes
    from marts.cohort
    union all
    select
        patient_id, 'recorded_ipi' as measure, 'points' as unit, cast(recorded_ipi as double) as value, 'none' as censoring,
        [] as analytes
    from marts.baseline_scores
    union all
    select
        patient_id, 'computed_ipi' as measure, 'points' as unit, cast(ipi as double) as value, 'none' as censoring,
        ['ldh'] as analytes
    from marts.baseline_scores
    union all
    select
        patient_id, 'car_hematotox' as measure, 'points' as unit, cast(car_hematotox as double) as value, 'none' as censoring,
        ['crp', 'ferritin', 'hemoglobin', 'neutrophils', 'platelets'] as analytes
    from marts.baseline_scores
    union all
    select
        patient_id, 'easix' as measure, null as unit, easix as value, easix_censoring as censoring,
        ['ldh', 'creatinine', 'platelets'] as analytes
    from marts.baseline_scores
    union all
    select
        patient_id, 'm_easix' as measure, null as unit, m_easix as value, m_easix_censoring as censoring,
        ['ldh', 'crp', 'platelets'] as analytes
    from marts.baseline_scores
    union all
    select
        patient_id, 's_easix' as measure, null as unit, s_easix as value, s_easix_censoring as censoring,
        ['ldh', 'platelets'] as analytes
    from marts.baseline_scores
)

select
    measured.measure,
    measured.unit,
    cohort.study_group,
    measured.value,
    coalesce(measured.censoring in ('left', 'both'), false) as is_at_most,
    coalesce(measured.censoring in ('right', 'both'), false) as is_at_least,
    coalesce(list_has_any(string_split(scores.estimated_analytes, '|'), measured.analytes), false) as is_estimate
from marts.cohort as cohort
inner join measured on cohort.patient_id = measured.patient_id
left join marts.baseline_scores as scores on cohort.patient_id = scores.patient_id
order by measured.measure, cohort.study_group, cohort.patient_id

-- One row per area of a cohort patient: what the summary of a group's areas is made of.
select
    areas.analyte,
    areas.rule,
    areas.unit,
    cohort.study_group,
    areas.auc as value,
    areas.certainty = 'at_most' as is_at_most,
    areas.certainty = 'at_least' as is_at_least,
    areas.certainty = 'estimated' as is_estimate
from results.lab_auc as areas
inner join marts.cohort as cohort on areas.patient_id = cohort.patient_id
order by areas.analyte, areas.rule, cohort.study_group, areas.patient_id

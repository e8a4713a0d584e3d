-- Whose baseline laboratory values are older than they should be, and by how much?
-- depends_on: {{ ref('lab_baseline') }}
-- depends_on: {{ ref('cohort') }}
select
    baseline.patient_id,
    baseline.analyte,
    baseline.value,
    baseline.unit,
    round(baseline.days_before_anchor, 1) as days_before_anchor,
    baseline.anchor
from marts.lab_baseline as baseline
inner join marts.cohort as cohort on baseline.patient_id = cohort.patient_id
where baseline.is_late
order by baseline.days_before_anchor desc, baseline.patient_id asc, baseline.analyte asc

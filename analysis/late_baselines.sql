-- Whose baseline laboratory values are older than they should be, and by how much?
select
    baseline.patient_id,
    baseline.analyte,
    baseline.value,
    baseline.unit,
    round(baseline.days_before_anchor, 1) as days_before_anchor,
    baseline.anchor
from {{ ref('lab_baseline') }} as baseline
inner join {{ ref('cohort') }} as cohort on baseline.patient_id = cohort.patient_id
where baseline.is_late
order by baseline.days_before_anchor desc, baseline.patient_id asc, baseline.analyte asc

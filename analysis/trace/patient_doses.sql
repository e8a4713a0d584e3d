-- What was each patient given or ordered, and by which factor and how certainly does it count as dexamethasone equivalent?
-- depends_on: {{ ref('medication_administrations') }}
-- depends_on: {{ ref('steroid_administrations') }}
-- depends_on: {{ ref('steroid_days') }}
-- depends_on: {{ ref('treated_patients') }}
-- depends_on: {{ ref('cohort') }}
select
    medications.patient_id,
    medications.started_at,
    medications.ended_at,
    medications.status,
    medications.medication_text,
    medications.ingredient,
    concat_ws(' ', medications.dose_text, medications.dose_unit_text) as dose,
    medications.route_text,
    medications.frequency_text,
    steroids.dose_mg,
    case chosen.value
        when 'factor_080' then factors.factor_080
        when 'factor_100' then factors.factor_100
        else factors.primary_factor
    end as factor,
    steroids.dexamethasone_equivalent_mg,
    steroids.is_counted,
    steroids.not_counted_reason,
    days.certainty as certainty_of_day,
    coalesce(medications.administration_id = cohort.index_administration_id, false) as is_index_dose,
    medications.administration_id,
    medications.source_file,
    medications.line_number
from marts.medication_administrations as medications
left join marts.steroid_administrations as steroids on medications.administration_id = steroids.administration_id
left join seeds.glucocorticoid_equivalence as factors on steroids.ingredient = factors.ingredient
left join results.run_manifest as chosen on chosen.key = 'var.dexamethasone_factors'
left join marts.treated_patients as treated on medications.patient_id = treated.patient_id
left join marts.steroid_days as days
    on
        medications.patient_id = days.patient_id
        and days.study_day = date_diff('day', cast(treated.infused_at as date), cast(medications.started_at as date))
        and steroids.is_counted
left join marts.cohort as cohort on medications.patient_id = cohort.patient_id
order by medications.patient_id, medications.started_at, medications.administration_id

-- Every patient who is left out, with every reason that applies.
select patient_id, reason from {{ ref('int_exclusions__no_infusion') }}
union all
select patient_id, reason from {{ ref('int_exclusions__not_study_indication') }}
union all
select patient_id, reason from {{ ref('int_exclusions__not_study_care_setting') }}
union all
select patient_id, reason from {{ ref('int_exclusions__not_study_product_target') }}
union all
select patient_id, reason from {{ ref('int_exclusions__prior_car_t') }}
union all
select patient_id, reason from {{ ref('int_exclusions__outside_enrolment_period') }}
union all
select patient_id, reason from {{ ref('int_exclusions__no_index_drug') }}
union all
select patient_id, reason from {{ ref('int_exclusions__no_toxicity') }}
union all
select patient_id, reason from {{ ref('int_exclusions__other_toxicity_only') }}
union all
select patient_id, reason from {{ ref('int_exclusions__prophylactic_use') }}
union all
select patient_id, reason from {{ ref('int_exclusions__use_after_resolution') }}

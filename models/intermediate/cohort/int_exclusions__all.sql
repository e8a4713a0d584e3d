-- Every reason for which a patient is not in the treated population or not in the cohort.
{%- set reasons = [
    'no_infusion', 'unknown_indication', 'not_study_indication', 'not_study_care_setting', 'not_study_product_target',
    'unclear_infusions', 'prior_car_t', 'outside_enrolment_period', 'index_unknown', 'no_index_drug', 'no_toxicity',
    'other_toxicity_only', 'prophylactic_use', 'activity_unknown', 'toxicity_not_active',
] %}
{% for reason in reasons %}
    select patient_id, reason from {{ ref('int_exclusions__' ~ reason) }}
    {{ 'union all' if not loop.last }}
{% endfor %}

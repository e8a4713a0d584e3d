{#- The columns of each kind of record, in the order of the input contract. -#}
{% macro record_columns(entity) -%}
    {{ return({
        'patients': [
            'patient_id', 'birth_date', 'sex'
        ],
        'infusions': [
            'infusion_id', 'patient_id', 'infused_at', 'product', 'indication', 'care_setting',
            'lymphodepletion_started_at', 'discharged_on', 'prior_lines', 'disease_status', 'ann_arbor_stage',
            'ecog', 'extranodal_sites', 'ipi'
        ],
        'medication_administrations': [
            'administration_id', 'patient_id', 'medication', 'code_system', 'code', 'dose', 'dose_unit',
            'route', 'frequency', 'started_at', 'ended_at', 'status', 'purpose', 'product_strength'
        ],
        'lab_results': [
            'result_id', 'patient_id', 'code_system', 'code', 'test_name', 'specimen', 'collected_at', 'result',
            'unit', 'reference_low', 'reference_high', 'resulted_at', 'status', 'comment'
        ],
        'toxicity_assessments': [
            'assessment_id', 'patient_id', 'assessed_at', 'temperature_c', 'hypotension', 'vasopressors',
            'oxygen_support', 'oxygen_flow_l_min', 'ice_score', 'consciousness', 'seizure', 'motor_weakness',
            'raised_icp', 'sedated', 'recorded_crs_grade', 'recorded_icans_grade'
        ],
        'response_assessments': [
            'assessment_id', 'patient_id', 'assessed_on', 'deauville', 'uptake_change', 'new_lesion',
            'recorded_response'
        ],
        'vital_status': [
            'patient_id', 'last_contact_on', 'died_on', 'cause_of_death', 'contributing_cause', 'progressed_on',
            'new_therapy_on'
        ],
    }[entity]) }}
{%- endmacro %}

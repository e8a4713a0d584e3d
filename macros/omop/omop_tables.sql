{#- The columns of the tables of the OMOP common data model, as the intake lands them. -#}
{% macro omop_columns(table) -%}
    {{ return({
        'person': [
            'person_id', 'gender_concept_id', 'year_of_birth', 'month_of_birth', 'day_of_birth', 'birth_datetime',
            'person_source_value', 'gender_source_value'
        ],
        'drug_exposure': [
            'drug_exposure_id', 'person_id', 'drug_concept_id', 'drug_exposure_start_date', 'drug_exposure_start_datetime',
            'drug_exposure_end_date', 'drug_exposure_end_datetime', 'drug_type_concept_id', 'stop_reason', 'quantity',
            'days_supply', 'sig', 'route_concept_id', 'drug_source_value', 'drug_source_concept_id', 'route_source_value',
            'dose_unit_source_value'
        ],
        'measurement': [
            'measurement_id', 'person_id', 'measurement_concept_id', 'measurement_date', 'measurement_datetime',
            'measurement_time', 'operator_concept_id', 'value_as_number', 'value_as_concept_id', 'unit_concept_id',
            'range_low', 'range_high', 'measurement_source_value', 'measurement_source_concept_id', 'unit_source_value',
            'value_source_value'
        ],
        'observation': [
            'observation_id', 'person_id', 'observation_concept_id', 'observation_date', 'observation_datetime',
            'value_as_number', 'value_as_string', 'value_as_concept_id', 'unit_concept_id', 'observation_source_value',
            'observation_source_concept_id', 'unit_source_value', 'value_source_value'
        ],
        'procedure_occurrence': [
            'procedure_occurrence_id', 'person_id', 'procedure_concept_id', 'procedure_date', 'procedure_datetime',
            'procedure_source_value', 'procedure_source_concept_id'
        ],
        'condition_occurrence': [
            'condition_occurrence_id', 'person_id', 'condition_concept_id', 'condition_start_date',
            'condition_start_datetime', 'condition_source_value', 'condition_source_concept_id'
        ],
        'visit_occurrence': [
            'visit_occurrence_id', 'person_id', 'visit_concept_id', 'visit_start_date', 'visit_start_datetime',
            'visit_end_date', 'visit_end_datetime'
        ],
        'death': [
            'person_id', 'death_date', 'death_datetime', 'cause_concept_id', 'cause_source_value', 'cause_source_concept_id'
        ],
        'concept': [
            'concept_id', 'concept_name', 'vocabulary_id', 'concept_code', 'domain_id', 'concept_class_id'
        ],
        'concept_ancestor': [
            'ancestor_concept_id', 'descendant_concept_id'
        ],
        'drug_strength': [
            'drug_concept_id', 'ingredient_concept_id', 'amount_value', 'amount_unit_concept_id', 'numerator_value',
            'numerator_unit_concept_id', 'denominator_value', 'denominator_unit_concept_id', 'invalid_reason'
        ],
    }[table]) }}
{%- endmacro %}

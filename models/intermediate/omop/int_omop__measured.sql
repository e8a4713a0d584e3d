-- Measurements that are no component of an assessment, with the words for the concepts of their tests, units and operators. A row
-- of which an id cannot be read is of its person all the same where it names the person and an analyte.
with measurement as (
    select * from {{ ref('stg_omop__measurement') }}
    where unreadable_id is null or person_id is not null
),

assessed as (
    select source_file, line_number from {{ ref('int_omop__assessed') }}
),

concepts as (
    select * from {{ ref('omop_concepts') }}
),

unit_concepts as (
    select * from {{ ref('int_omop__used_concepts') }}
    where code_system = 'ucum'
)

select
    measurement.*,
    patient_ids.patient_id,
    tests.code_system,
    tests.code,
    tests.test_name,
    tests.analyte,
    tests.specimen,
    coalesce(units.term, unit_concepts.concept_code) as unit_of_concept,
    nullif(operators.term, '=') as operator,
    answers.concept_name as answer,
    {{ with_comparison_signs('measurement.value_source_value') }} as source_text,
    {{ parsed_number('measurement.value_as_number') }} as number_read
from measurement
inner join {{ ref('int_omop__lab_tests') }} as tests
    on
        measurement.measurement_concept_id is not distinct from tests.measurement_concept_id
        and measurement.measurement_source_concept_id is not distinct from tests.measurement_source_concept_id
        and measurement.measurement_source_value is not distinct from tests.measurement_source_value
left join {{ ref('int_omop__patient_ids') }} as patient_ids on measurement.person_id = patient_ids.person_id
left join concepts as units on measurement.unit_concept_id = units.concept_id and units.meaning = 'unit'
left join unit_concepts on measurement.unit_concept_id = unit_concepts.concept_id
left join concepts as operators on measurement.operator_concept_id = operators.concept_id and operators.meaning = 'operator'
left join {{ ref('int_omop__used_concepts') }} as answers on measurement.value_as_concept_id = answers.concept_id
left join assessed on measurement.source_file = assessed.source_file and measurement.line_number = assessed.line_number
where assessed.line_number is null and (measurement.unreadable_id is null or tests.analyte is not null)

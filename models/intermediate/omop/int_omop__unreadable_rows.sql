-- Rows of which an id is no 64-bit integer: whose they are, or what they are about, cannot be told. A drug or a result of a
-- person who can be told is a record of that person, set aside for it; a death of theirs is one whose cause cannot be read.
{%- set tables = [
    'person', 'drug_exposure', 'drug_era', 'measurement', 'observation', 'procedure_occurrence', 'condition_occurrence',
    'visit_occurrence', 'death', 'concept', 'concept_ancestor', 'drug_strength'
] %}
with records as (
    select 'drug_exposure' as entity, source_file, line_number from {{ ref('int_omop__medication_administrations') }}
    where unreadable_id is not null
    union all
    select 'measurement' as entity, source_file, line_number from {{ ref('int_omop__lab_results') }}
    where unreadable_id is not null
    union all
    select 'death' as entity, source_file, line_number from {{ ref('stg_omop__death') }}
    where unreadable_id is not null and person_id is not null
),

delivered as (
    {%- for table in tables %}
        select
            '{{ table }}' as entity,
            delivered.source_file,
            delivered.line_number,
            delivered.unreadable_id as reason,
            {{ json_record(omop_columns(table) + ['unreadable_cell'], 'delivered') }} as raw_record
        from {{ ref('stg_omop__' ~ table) }} as delivered
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    delivered.entity,
    delivered.source_file,
    delivered.line_number,
    delivered.reason,
    delivered.raw_record
from delivered
left join records
    on
        delivered.entity = records.entity
        and delivered.source_file = records.source_file
        and delivered.line_number = records.line_number
where delivered.reason is not null and records.line_number is null

-- Rows of which an id is no 64-bit integer: whose they are, or what they are about, cannot be told.
{%- set tables = [
    'person', 'drug_exposure', 'drug_era', 'measurement', 'observation', 'procedure_occurrence', 'condition_occurrence',
    'visit_occurrence', 'death', 'concept', 'concept_ancestor', 'drug_strength'
] %}
with delivered as (
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
    entity,
    source_file,
    line_number,
    reason,
    raw_record
from delivered
where reason is not null

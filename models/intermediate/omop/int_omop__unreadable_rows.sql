-- Rows of which an id is no 64-bit integer: whose they are, or what they are about, cannot be told.
{% for table in [
    'person', 'drug_exposure', 'drug_era', 'measurement', 'observation', 'procedure_occurrence', 'condition_occurrence',
    'visit_occurrence', 'death', 'concept', 'concept_ancestor', 'drug_strength'
] %}
    select
        '{{ table }}' as entity,
        unreadable.source_file,
        unreadable.line_number,
        unreadable.unreadable_id as reason,
        {{ json_record(omop_columns(table) + ['unreadable_cell'], 'unreadable') }} as raw_record
    from {{ ref('stg_omop__' ~ table) }} as unreadable
    where unreadable.unreadable_id is not null
    {{ 'union all' if not loop.last }}
{% endfor %}

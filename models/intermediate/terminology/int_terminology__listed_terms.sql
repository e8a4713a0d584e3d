-- Terms of the columns that are looked up as a whole, each in a list of its own.
{%- set vocabularies = [
    ('patients', 'sex', 'sexes', 'name', 'sex'),
    ('infusions', 'product', 'int_terminology__products', 'product_text', 'product'),
    ('infusions', 'indication', 'indications', 'name', 'indication_group'),
    ('medication_administrations', 'route', 'routes', 'name', 'route'),
    ('medication_administrations', 'frequency', 'frequencies', 'name', 'name'),
    ('medication_administrations', 'purpose', 'administration_purposes', 'name', 'purpose'),
    ('lab_results', 'specimen', 'specimens', 'name', 'name'),
    ('lab_results', 'status', 'lab_statuses', 'name', 'name'),
] %}
{% for entity, column, list, key, meaning in vocabularies %}
    select
        '{{ entity }}' as entity,
        '{{ column }}' as column_name,
        {{ folded('records.' ~ column) }} as term,
        terms.{{ meaning }} as mapped_to,
        count(*) as n_records,
        count(distinct records.patient_id) as n_patients
    from {{ record_source(entity) }} as records
    left join {{ ref(list) }} as terms on {{ folded('records.' ~ column) }} = terms.{{ key }}
    group by {{ folded('records.' ~ column) }}, terms.{{ meaning }}
    {{ 'union all' if not loop.last }}
{%- endfor %}

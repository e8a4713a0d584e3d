-- What the seeds make of the site's own words and codes. A record without a word or code is counted too, as a term without
-- either. Units are told where they are read: of the study's analytes and of glucocorticoids alone.
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
with worded as (
    {% for entity, column, list, key, meaning in vocabularies %}
        select
            '{{ entity }}' as entity,
            '{{ column }}' as column_name,
            cast(null as string) as vocabulary,
            cast(null as string) as code,
            {{ folded('records.' ~ column) }} as source_text,
            known.{{ meaning }} as mapped_to,
            cast(null as string) as not_mapped_because,
            records.patient_id
        from {{ record_source(entity) }} as records
        left join {{ ref(list) }} as known on {{ folded('records.' ~ column) }} = known.{{ key }}
        union all
    {% endfor %}
    select
        'medication_administrations' as entity,
        'medication' as column_name,
        {{ folded('records.code_system') }} as vocabulary,
        records.code,
        {{ folded('records.medication') }} as source_text,
        known.ingredient as mapped_to,
        cast(null as string) as not_mapped_because,
        records.patient_id
    from {{ record_source('medication_administrations') }} as records
    left join {{ ref('int_terminology__medications') }} as known
        on
            {{ folded('records.medication') }} = known.medication_text
            and case when {{ folded('records.code_system') }} = 'rxnorm' then records.code end
            is not distinct from known.rxnorm_code
    union all
    select
        'lab_results' as entity,
        'test_name' as column_name,
        {{ folded('records.code_system') }} as vocabulary,
        records.code,
        {{ folded('records.test_name') }} as source_text,
        known.analyte as mapped_to,
        known.excluded_because as not_mapped_because,
        records.patient_id
    from {{ record_source('lab_results') }} as records
    left join {{ ref('int_terminology__lab_tests') }} as known
        on
            {{ folded('records.code_system') }} is not distinct from known.code_system
            and records.code is not distinct from known.code
            and {{ folded('records.test_name') }} is not distinct from known.test_name
)

select
    entity, column_name, vocabulary, code, source_text, mapped_to, not_mapped_because,
    count(*) as n_records, count(distinct patient_id) as n_patients
from worded
group by entity, column_name, vocabulary, code, source_text, mapped_to, not_mapped_because

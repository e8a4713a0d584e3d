{#- How often each text of a column stands in the records of a kind, and in how many patients' records: one row per text as texts
    are compared (`source_text`), with its code system (`vocabulary`) and `code` where it `is_coded`. Records are counted by
    patient before their texts are looked at. -#}
{% macro said_of_patients(kind, column, is_coded=false) -%}
    {%- set keys = (['vocabulary', 'code'] if is_coded else []) + ['source_text'] -%}
    (
        select {{ keys | join(', ') }}, cast(sum(n_records) as bigint) as n_records, count(distinct patient_id) as n_patients
        from (
            select
                {% if is_coded %}{{ folded('code_system') }} as vocabulary, code, {% endif -%}
                {{ folded(column) }} as source_text,
                patient_id,
                n_records
            from (
                select {{ 'code_system, code, ' if is_coded }}{{ column }}, patient_id, count(*) as n_records
                from {{ record_source(kind) }}
                group by {{ 'code_system, code, ' if is_coded }}{{ column }}, patient_id
            ) as counted
        ) as said
        group by {{ keys | join(', ') }}
    )
{%- endmacro %}

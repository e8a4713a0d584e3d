{#- What the records of a kind say in some columns (a list in SQL), by patient, with the number of records (`n_records`): a word is
    then looked up once for each patient who has it. -#}
{% macro said_of_patients(kind, columns) -%}
    (
        select {{ columns }}, patient_id, count(*) as n_records
        from {{ record_source(kind) }}
        group by {{ columns }}, patient_id
    )
{%- endmacro %}

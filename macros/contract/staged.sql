{#- A landed cell in the staging model of its table, read as the contract says: an id of OMOP exact, other text cleaned. Times and the
    ids of records, which come first, differ from row to row. -#}
{% macro staged(column) -%}
    {%- set kind = described_column(model.name, column).type -%}
    {%- if kind == 'id' -%} {{ exact_id(column) }}
    {%- elif kind == 'time' or column == described_columns(model.name) | first -%} {{ cleaned_of_many(column) }}
    {%- else -%} {{ cleaned(column) }}
    {%- endif -%}
{%- endmacro %}

{#- The ids among the columns of the staging model that is compiled. -#}
{% macro staged_ids() -%}
    {{ return(described_columns(model.name).values() | selectattr('type', 'eq', 'id') | map(attribute='name') | list) }}
{%- endmacro %}

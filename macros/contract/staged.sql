{#- A landed cell in the staging model of its table, read as the contract says: an id of OMOP exact, other text cleaned. -#}
{% macro staged(column) -%}
    {%- if described_column(model.name, column).type == 'id' -%} {{ exact_id(column) }}
    {%- else -%} {{ cleaned(column) }}
    {%- endif -%}
{%- endmacro %}

{#- The ids among the columns of the staging model that is compiled. -#}
{% macro staged_ids() -%}
    {{ return(described_columns(model.name).values() | selectattr('type', 'eq', 'id') | map(attribute='name') | list) }}
{%- endmacro %}

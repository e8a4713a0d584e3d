{#- What the intake landed of a table. DuckDB's adapter reads the file itself; Spark is told where it lies. -#}
{% macro landed(source_name, table) -%}
    {{ return(adapter.dispatch('landed', 'cartox')(source(source_name, table), source_name, table)) }}
{%- endmacro %}

{% macro default__landed(relation, source_name, table) -%}
    {{ relation }}
{%- endmacro %}

{% macro spark__landed(relation, source_name, table) -%}
    {%- if execute -%}
        {%- set meta = graph.sources['source.cartox.' ~ source_name ~ '.' ~ table].config.meta -%}
        {%- set location = meta.external_location | replace('{folder}', meta.folder) | replace('{name}', table) -%}
        parquet.`{{ location[1:-1] | replace("''", "'") | replace('`', '``') }}`
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

{#- How dbt describes a table and its columns on DuckDB: as its adapter does, but in one statement that asks for nothing first. -#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set comments -%}
        {%- if for_relation and config.persist_relation_docs() and model.description -%}
            {{ alter_relation_comment(relation, model.description) }}
        {%- endif -%}
        {%- if for_columns and config.persist_column_docs() -%}
            {{ alter_column_comment(relation, model.columns) }}
        {%- endif -%}
    {%- endset -%}
    {%- if comments | trim -%}
        {%- call statement('comments') -%}{{ comments }}{%- endcall -%}
    {%- endif -%}
{%- endmacro %}

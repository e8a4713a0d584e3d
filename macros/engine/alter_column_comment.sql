{#- How dbt describes columns on DuckDB: as its adapter does, but without asking first which columns there are. A column that is
    described and not there is an error. -#}
{% macro duckdb__alter_column_comment(relation, column_dict) -%}
    {%- for name, column in column_dict.items() %}
        comment on column {{ relation }}.{{ adapter.quote(name) if column['quote'] else name }}
        is {{ quoted_text(column['description']) }};
    {%- endfor %}
{%- endmacro %}

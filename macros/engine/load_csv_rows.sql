{#- How dbt loads a seed: as its adapter does, but from a checkout whose folder may have any name. -#}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- set file = adapter.get_seed_file_path(model)
        | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') -%}
    {%- set statement = 'copy ' ~ this.render() ~ ' from ' ~ quoted_text(file) ~ ' (format csv, header true)' -%}
    {%- do adapter.add_query(statement, abridge_sql_log=True) -%}
    {{ return(statement) }}
{%- endmacro %}

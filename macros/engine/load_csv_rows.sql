{#- How dbt loads a seed: as its adapter does, but from a checkout whose folder may have any name. -#}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- set file = adapter.get_seed_file_path(model)
        | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') -%}
    {%- set statement = 'copy ' ~ this.render() ~ ' from ' ~ quoted_text(file) ~ ' (format csv, header true)' -%}
    {%- do adapter.add_query(statement, abridge_sql_log=True) -%}
    {{ return(statement) }}
{%- endmacro %}

{#- Spark is given the rows as literals: the adapter's own way writes a text with an apostrophe so that it ends there. -#}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set types = model.config.column_types -%}
    {%- for chunk in agate_table.rows | batch(get_batch_size()) %}
        {%- set statement -%}
            insert into {{ this.render() }} values
            {%- for row in chunk %}
                ({%- for column in agate_table.column_names -%}
                    cast({{ 'null' if row[column] is none else quoted_text(row[column] | string) }} as {{ types[column] }})
                    {{- ', ' if not loop.last }}
                {%- endfor -%}){{ ', ' if not loop.last }}
            {%- endfor %}
        {%- endset -%}
        {%- do adapter.add_query(statement, abridge_sql_log=True) -%}
    {%- endfor %}
    {{ return('') }}
{%- endmacro %}

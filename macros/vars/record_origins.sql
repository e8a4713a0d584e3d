{#- The var record_sources: for each kind of record, whether it comes from the extract or from OMOP. -#}
{% macro record_origins() -%}
    {%- set origins = plain_var('record_sources') -%}
    {%- if origins is not mapping -%}
        {{ exceptions.raise_compiler_error('The var record_sources is a mapping') }}
    {%- endif -%}
    {%- for kind, origin in origins.items() -%}
        {%- if not modules.re.fullmatch('[a-z_]+', kind | string) or origin not in ('extract', 'omop') -%}
            {{ exceptions.raise_compiler_error('The var record_sources gives each kind of record extract or omop') }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(origins) }}
{%- endmacro %}

{#- Whether a grade that a clinician recorded at a time is one of the ASTCT scale: by the vars recorded_grade_scale and
    recorded_grades_astct_from, the date from which the site used it. -#}
{% macro is_astct_grade(recorded_at) -%}
    {%- if plain_var('recorded_grade_scale') != 'astct' -%}
        false
    {%- elif plain_var('recorded_grades_astct_from') is none -%}
        true
    {%- else -%}
        {{ recorded_at }} >= {{ date_var('recorded_grades_astct_from') }}
    {%- endif -%}
{%- endmacro %}

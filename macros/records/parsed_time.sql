{#- A naive local time in ISO 8601 within the plausible years; null for anything else, a time with a zone among it. -#}
{% macro parsed_time(text) -%}
    case
        when {{ is_iso_time(text) }}
            and year(try_cast(replace({{ text }}, 'T', ' ') as timestamp))
            between {{ integer_var('plausible_years', 0) }} and {{ integer_var('plausible_years', 1) }}
            then try_cast(replace({{ text }}, 'T', ' ') as timestamp)
    end
{%- endmacro %}

{% macro is_iso_time(text) -%}
    {{ matches(text, "'^\\d{4}-\\d{2}-\\d{2}([ T]([01]\\d|2[0-3]):\\d{2}(:\\d{2}([.]\\d{1,9})?)?)?$'") }}
{%- endmacro %}

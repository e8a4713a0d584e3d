{#- Doses in a day by the parts of a frequency (words_frequencies) in their order: 0 is a single dose or an infusion that runs,
    null is unreadable. Meals are three a day, a moment (bedtime, morning) and a clock time one each. -#}
{% macro doses_per_day(parts) -%}
    {%- set number = "cast(" ~ extracted(parts, "'([0-9]+)'") ~ " as double)" -%}
    case
        when {{ matches(parts, "'^(1 times( clock| moment)*|0 times)$'") }} then 0
        when {{ matches(parts, "'^(every )?[1-9][0-9]* hours( clock)*$'") }} then 24 / {{ number }}
        when {{ matches(parts, "'^every [1-9][0-9]* days( moment| clock)*$'") }} then 1 / {{ number }}
        when {{ matches(parts, "'^[1-9][0-9]* times( every| days| meals| moment| clock)*$'") }} then {{ number }}
        when {{ matches(parts, "'^(every )?days( moment| clock)*$'") }} then greatest(1, {{ times_written(parts, 'clock') }}, {{ times_written(parts, 'moment') }})
        when {{ matches(parts, "'^(every )?(meals|moment|clock)( meals| moment| clock)*$'") }}
            then greatest({{ times_written(parts, 'clock') }}, 3 * {{ times_written(parts, 'meals') }} + {{ times_written(parts, 'moment') }})
    end
{%- endmacro %}

{#- How often a word stands in a text. -#}
{% macro times_written(text, word) -%}
    (length({{ text }}) - length(replace({{ text }}, '{{ word }}', ''))) / {{ word | length }}
{%- endmacro %}

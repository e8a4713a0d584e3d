{#- How doses fall into spans of time: a running infusion by the share of its time, any other dose where it began. -#}

{#- Whether a dose falls, in whole or in part, into a half-open span. -#}
{% macro falls_within(dose, span) -%}
    {{ dose }}.dose_started_at < {{ span }}.ends_at
    and ({{ dose }}.dose_started_at >= {{ span }}.starts_at or {{ dose }}.dose_ended_at > {{ span }}.starts_at)
{%- endmacro %}

{#- The share of a dose that falls into a span which it falls into. -#}
{% macro share_within(dose, span) -%}
    case
        when {{ dose }}.dose_ended_at > {{ dose }}.dose_started_at
            then
                {{ seconds_between(
                    'greatest(' ~ dose ~ '.dose_started_at, ' ~ span ~ '.starts_at)',
                    'least(' ~ dose ~ '.dose_ended_at, ' ~ span ~ '.ends_at)'
                ) }}
                / {{ seconds_between(dose ~ '.dose_started_at', dose ~ '.dose_ended_at') }}
        else 1.0
    end
{%- endmacro %}

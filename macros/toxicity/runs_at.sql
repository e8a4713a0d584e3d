{#- Whether an administration of int_toxicity__vasopressor_administrations runs at a moment: from its start to its end, at which it
    runs no more, or for the hours that a rate without an end holds. -#}
{% macro runs_at(administration, moment) -%}
    ({{ moment }} >= {{ administration }}.started_at
    and (
        {{ moment }} = {{ administration }}.started_at
        or {{ moment }} < {{ administration }}.ended_at
        or {{ moment }} <= {{ administration }}.held_until
    ))
{%- endmacro %}

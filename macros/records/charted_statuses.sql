{#- The statuses that tell what became of a drug, an order apart: the list of an `in`. -#}
{% macro charted_statuses() -%}
    ('given', 'held', 'refused', 'cancelled')
{%- endmacro %}

{#- The status of a row by its word: what was discontinued and has an end or a schedule was an order until then; without either
    the row tells of the stop alone. -#}
{% macro charted_status(row, word, doses_per_day) -%}
    case
        when {{ word }} != 'discontinued' or {{ word }} is null then {{ word }}
        when {{ row }}.typed_ended_at > {{ row }}.typed_started_at or {{ doses_per_day }} > 0 then 'ordered'
        else 'cancelled'
    end
{%- endmacro %}

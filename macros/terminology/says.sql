{#- Whether a cell says of an event one of these (none, unknown, uncharted), as int_terminology__events reads it; a blank says none. -#}
{% macro says(text, verdicts) -%}
    coalesce({{ folded(text) }} in (
        select event_text from {{ ref('int_terminology__events') }} where verdict in ({{ quoted_names(verdicts) }})
    ), false)
{%- endmacro %}

{#- Whether a cell tells of an event: any text does that does not say that there was none, whether or not it can be read. -#}
{% macro is_event_charted(text) -%}
    ({{ text }} is not null and not {{ says(text, ['none']) }})
{%- endmacro %}

{#- Whether a dose says that it is 0, with or without a unit (`0`, `0.0 mg`, `0 mcg/kg/min`, `0 mg x1`), or that none was given (`held`,
    `-`). False for a blank. -#}
{% macro is_zero_dose(text) -%}
    coalesce({{ folded(text) }} in (
        select event_text from {{ ref('int_terminology__events') }} where is_zero_dose
    ), false)
{%- endmacro %}

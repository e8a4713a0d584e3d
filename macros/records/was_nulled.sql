{#- Whether a column of an accepted record was charted and could not be read. -#}
{% macro was_nulled(column, relation) -%}
    coalesce({{ matches(relation ~ '.nulled_cells', "'(^|[|])(unreadable|unknown|implausible)_" ~ column ~ "($|[|])'") }}, false)
{%- endmacro %}

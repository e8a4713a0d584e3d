{#- Every spelling of a unit of dose as it is compared, with what the unit measures, as a query. -#}
{% macro dose_unit_keys() -%}
select distinct
    {{ word_key('words.word') }} as unit_key,
    units.unit,
    units.quantity,
    units.milligrams,
    units.milliliters,
    units.per_hours
from {{ ref('words_dose_units') }} as words
inner join {{ ref('dose_units') }} as units on words.concept = units.unit
{%- endmacro %}

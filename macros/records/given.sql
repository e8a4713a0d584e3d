{#- The administrations that were given: a row whose dose is 0 says that the drug was not. -#}
{% macro given_drugs() -%}
    (select * from {{ accepted('medication_administrations') }} where status = 'given' and not is_zero_dose)
{%- endmacro %}

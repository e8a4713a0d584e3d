{#- The administrations that were given: a row whose dose is 0 says that the drug was not. -#}
{% macro given_drugs() -%}
    (select * from {{ accepted('medication_administrations') }} where status = 'given' and not is_zero_dose)
{%- endmacro %}

{#- Whether a dose text states 0, with or without a unit (`0`, `0.0 mg`, `0 mcg/kg/min`), or that none was given (`held`). False for
    a blank. -#}
{% macro is_zero_dose(text) -%}
    {%- set stops = 'none|no dose|not given|held|hold|on hold|withheld|omitted|stopped|discontinued|off|weaned|keine?|nicht gegeben'
        ~ '|abgesetzt|pausiert|gestoppt|beendet' -%}
    coalesce({{ matches('lower(' ~ text ~ ')', "'^(0+([.,]0*)?(\\s*[a-zµ%][^0-9]*)?|" ~ stops ~ ")$'") }}, false)
{%- endmacro %}

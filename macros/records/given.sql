{#- The administrations that were given: a row whose dose is 0 says that the drug was not. -#}
{% macro given_drugs() -%}
    (select * from {{ accepted('medication_administrations') }} where status = 'given' and not is_zero_dose)
{%- endmacro %}

{#- Whether a dose text states 0, with or without a unit (`0`, `0.0 mg`, `0 mcg/kg/min`, `0 mg x1`), or that none was given (`held`,
    `-`). False for a blank. -#}
{% macro is_zero_dose(text) -%}
    {%- set stops = 'none|none given|no|nil|no dose|not (given|administered)|missed|refused|held|hold|on hold|withheld|omitted|stopped'
        ~ '|discontinued|off|weaned|-+|keine?|nein|nicht (gegeben|verabreicht)|abgelehnt|verweigert|abgesetzt|pausiert|gestoppt'
        ~ '|beendet' -%}
    coalesce(
        {{ matches('lower(' ~ text ~ ')', "'^(0+([.,]0*)?(\\s*[a-zµ%][^0-9?]*)?(\\s+x\\s*\\d+)?|" ~ stops ~ ")$'") }}, false
    )
{%- endmacro %}

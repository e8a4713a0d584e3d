{#- The Ann Arbor stage as a number from 1 to 4, whether written in Roman or Arabic figures, with or without suffixes
    (A, B, E, X, S) and substage; null for anything else. Source: Cheson 2014 (Lugano classification). -#}
{% macro ann_arbor_stage(text) -%}
    {%- set figure = extracted("upper(" ~ text ~ ")", "'^(?:STAGE\\s*)?(IV|III|II|I|[1-4])\\s*[ABEXS]*$'") -%}
    case
        when {{ figure }} in ('I', '1') then 1
        when {{ figure }} in ('II', '2') then 2
        when {{ figure }} in ('III', '3') then 3
        when {{ figure }} in ('IV', '4') then 4
    end
{%- endmacro %}

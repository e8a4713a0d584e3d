{#- True where a value lies in the range of a seed row with lower_bound, upper_bound and whether each end belongs to it;
    a blank end bounds nothing and is written as included. -#}
{% macro within_band(value, band) -%}
    {{ value }} >= coalesce({{ band }}.lower_bound, {{ value }})
    and ({{ band }}.is_lower_included or {{ value }} > {{ band }}.lower_bound)
    and {{ value }} <= coalesce({{ band }}.upper_bound, {{ value }})
    and ({{ band }}.is_upper_included or {{ value }} < {{ band }}.upper_bound)
{%- endmacro %}

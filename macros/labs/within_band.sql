{#- True where a value lies in the range of a seed row with lower_bound, upper_bound and whether each belongs to it;
    a blank bound bounds nothing. -#}
{% macro within_band(value, band) -%}
    (
        {{ band }}.lower_bound is null
        or {{ value }} > {{ band }}.lower_bound
        or ({{ value }} = {{ band }}.lower_bound and {{ band }}.is_lower_included)
    )
    and (
        {{ band }}.upper_bound is null
        or {{ value }} < {{ band }}.upper_bound
        or ({{ value }} = {{ band }}.upper_bound and {{ band }}.is_upper_included)
    )
{%- endmacro %}

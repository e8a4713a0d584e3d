{#- True where a number between two ends may lie in the range of a seed row with lower_bound, upper_bound and whether each end
    belongs to it; a blank end bounds nothing. -#}
{% macro meets_band(least, greatest, band) -%}
    (
        {{ band }}.lower_bound is null
        or {{ greatest }} > {{ band }}.lower_bound
        or ({{ band }}.is_lower_included and {{ greatest }} = {{ band }}.lower_bound)
    )
    and (
        {{ band }}.upper_bound is null
        or {{ least }} < {{ band }}.upper_bound
        or ({{ band }}.is_upper_included and {{ least }} = {{ band }}.upper_bound)
    )
{%- endmacro %}

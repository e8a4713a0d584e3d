{#- The pattern of an index of hemolysis with its limit in a remark (`h-index 25 (limit 50)`): the first group is the index, the
    second the limit, or the upper end of a range of it. -#}
{% macro hemolysis_index_pattern() -%}
    {%- set number = "\\d+(?:[.]\\d+)?" -%}
    {%- set hemolysis = "(?:h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*)" -%}
    {%- set name = "(?:h|" ~ hemolysis ~ ")[ -]?ind[a-z]+|[ií]ndice d[ie]? ?" ~ hemolysis ~ "|indice d[^a-z]" ~ hemolysis ~ "|hi" -%}
    {%- set limit = "limi[a-z]*|cut-?off|max[a-z.]*|grenz[a-z]*|norm[a-z]*|ref[a-z.]*|<=?|≤|bis|up to" -%}
    '\b(?:{{ name }})\s*[:=]?\s*({{ number }})[^0-9]{0,12}?(?:{{ limit }})[^0-9]{0,6}(?:{{ number }}\s*[-–]\s*)?({{ number }})'
{%- endmacro %}

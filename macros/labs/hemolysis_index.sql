{#- The pattern of an index of hemolysis with its limit in a remark (`h-index 25 (limit 50)`): the first group is the index, the
    second the limit, or the upper end of a range of it. -#}
{% macro hemolysis_index_pattern() -%}
    {%- set number = "\\d+(?:[.]\\d+)?" -%}
    {%- set hemolysis = hemolysis_word() -%}
    {%- set name = "(?:h|" ~ hemolysis ~ ")[ -]?ind[a-z]+|[ií]ndice d[ie]? ?" ~ hemolysis ~ "|indice d[^a-z]" ~ hemolysis ~ "|hi" -%}
    {%- set limit = "limi[a-z]*|cut-?off|max[a-z.]*|grenz[a-z]*|norm[a-z]*|ref[a-z.]*|<=?|≤|bis|up to" -%}
    '\b(?:{{ name }})\s*[:=]?\s*({{ number }})[^0-9]{0,12}?(?:{{ limit }})[^0-9]{0,6}(?:{{ number }}\s*[-–]\s*)?({{ number }})'
{%- endmacro %}

{#- The pattern of a remark that there is no hemolysis: `Hemolysis: No`, `hemolysis not detected`, `keine sichtbare Hämolyse`. -#}
{% macro no_hemolysis_pattern() -%}
    {%- set before = "no|not|non|kein|keine|nicht|ohne|without|sans|pas|senza|sin|geen|niet" -%}
    {%- set how = "visibly|visible|gross|grossly|obvious|obviously|apparent|evident|significant|significantly|relevant|sichtbare|erkennbare|relevante"
        ~ "|nennenswerte|wesentliche|zichtbare|visibile|evidente" -%}
    {%- set found = "detected|seen|present|observed|visible|evident|found|noted|nachweisbar|sichtbar|vorhanden|erkennbar|nachgewiesen" -%}
    {%- set nothing = "no|none|nil|neg|negative|negativ|absent|keine?|nein|aucune|non|nessuna|ninguna|geen|nee|(?:not|nicht|non|niet) (?:"
        ~ found ~ ")" -%}
    '\b(?:{{ before }}) (?:{{ how }}) {{ hemolysis_word() }}|\b{{ hemolysis_word() }}(?:[ -]?ind[a-z]+)?\s*[:=-]?\s*(?:{{ nothing }})\s*(?:[.,;)/|]|$)'
{%- endmacro %}

{#- The pattern of hemolysis and hemolyzed in seven languages. -#}
{% macro hemolysis_word() -%}
    (?:h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*)
{%- endmacro %}

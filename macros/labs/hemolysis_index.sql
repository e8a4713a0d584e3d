{#- The pattern of an index of hemolysis with its limit in a remark (`h-index 25 (limit 50)`): the first group is the index, the
    second the limit, or the upper end of a range of it. -#}
{% macro hemolysis_index_pattern() -%}
    {%- set number = "\\d+(?:[.]\\d+)?" -%}
    {%- set hemolysis = hemolysis_word() -%}
    {%- set name = "(?:h|" ~ hemolysis ~ ")[ -]?ind[a-z]+|[ií]ndice d[ie]? ?" ~ hemolysis ~ "|indice d[^a-z]" ~ hemolysis ~ "|hi" -%}
    {%- set limit = "limi[a-z]*|cut-?off|max[a-z.]*|grenz[a-z]*|norm[a-z]*|ref[a-z.]*|<=?|≤|bis|up to" -%}
    '\b(?:{{ name }})\s*[:=]?\s*({{ number }})[^0-9]{0,12}?(?:{{ limit }})[^0-9]{0,6}(?:{{ number }}\s*[-–]\s*)?({{ number }})'
{%- endmacro %}

{#- The pattern of what denies hemolysis or a clot (`Hemolysis: No`, `no signs of hemolysis`, `not clotted`), is part of a diagnosis
    (`hemolytic anemia`), or says that something else than the test was not performed: without it, what stays in a folded text is
    said of the specimen. -#}
{% macro denied_remark_pattern() -%}
    {%- set before = "no|not|non|kein|keine|keinen|keiner|nicht|ohne|without|sans|pas|aucune?|senza|nessuna?|sin|ninguna?|geen|niet|zonder"
        ~ "|negative for|negativ f[uü]r|free of|free from|frei von|absence of" -%}
    {%- set between = "visibly|visible|gross|grossly|obvious|obviously|apparent|evident|significant|significantly|relevant|sichtbare"
        ~ "|erkennbare|relevante|nennenswerte|wesentliche|zichtbare|visibile|evidente|any|signs?|evidence|indications?|traces?|of|for"
        ~ "|anzeichen|hinweise?|zeichen|auf|f[uü]r|eine|einer|signes?|de|d|segni|di|signos|tekenen|van"
        ~ "|(?:(?:lip|icter)[a-z]*, )*(?:lip|icter)[a-z]* (?:or|nor|oder)" -%}
    {%- set found = "detected|seen|present|observed|visible|evident|found|noted|nachweisbar|sichtbar|vorhanden|erkennbar|nachgewiesen" -%}
    {%- set nothing = "no|none|nil|neg|negative|negativ|absent|keine?|nein|aucune|non|nessuna|ninguna|geen|nee|(?:not|nicht|non|niet) (?:"
        ~ found ~ ")" -%}
    {%- set zero = "[(\\[]?0+(?:[.]0+)?(?: ?mg/dl)?(?:$|[^0-9.,+a-z-]|[.,](?:$|[^0-9]))" -%}
    {%- set normal = "within (?:the |normal |reference )*(?:limit|range|interval)|within reference|im normbereich|in der norm"
        ~ "|unauff[aä]llig|normal\\b" -%}
    {%- set hemolysis = hemolysis_word() -%}
    {%- set clotted = "clot[a-z]*|geronnen|coagul[a-zé]*|gestold" -%}
    {%- set index = "(?:" ~ hemolysis ~ "(?:/(?:icter|lip)[a-z]*)*|h)[ -]?ind[a-z]+" -%}
    {%- set anemia = "(?:an|ur)(?:e|ae|ä|é)m|transfusion|disease" -%}
    {{ "'" ~ [
        "\\b(?:" ~ before ~ ")(?:[ \\x27’-]+(?:" ~ between ~ "))*[ \\x27’-]+(?:(?:ge)?" ~ hemolysis ~ "|" ~ clotted ~ ")",
        "\\b(?:non|un-?)(?:" ~ hemolysis ~ "|clotted)",
        "\\b(?:" ~ index ~ "|" ~ hemolysis ~ ") ?[:=-]? ?(?:[(\\[]-[)\\]]|-(?: ?[.,;)/|]| ?$)"
            ~ "|[(\\[]?(?:" ~ nothing ~ ")[)\\]]? ?(?:[.,;(/|]|$)|" ~ zero ~ ")",
        "\\b" ~ index ~ " ?[:=-]? ?(?:" ~ normal ~ ")",
        "\\bh?(?:ae|ä|e|é|a)mol[iy]ti[a-z]*[ -](?:" ~ anemia ~ ")[a-zäé]*",
        "\\ban[eé]mi[ae] (?:auto[a-z-]+ )?h?[eé]molyti[a-z]*",
        "\\bautoimmun[a-z]* " ~ hemolysis,
        "\\b(?:previous|prior|earlier) (?:specimen|sample|tube)s? (?:was |were )?clotted",
        "\\b(?:diff|differential|smear|film|morphology) (?:was )?not (?:performed|done|resulted)",
    ] | join("|") ~ "'" }}
{%- endmacro %}

{#- The pattern of hemolysis and hemolyzed in seven languages. -#}
{% macro hemolysis_word() -%}
    (?:h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*)
{%- endmacro %}

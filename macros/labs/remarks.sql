{#- The pattern of an index of hemolysis with its limit in a marked remark (`h-index 25 (limit 50)`): the first group is the index,
    the second the limit, or the upper end of a range of it. -#}
{% macro hemolysis_index_pattern() -%}
    {%- set number = "(\\d+(?:[.]\\d+)?)" -%}
    {%- set limit = "(?:LIMIT|NORMAL|<=?|≤)[^0-9]{0,12}(?:[0-9.]+ ?[-–] ?)?" -%}
    {{ concept_pattern([hemolysis_index() ~ " ?[:=]? ?" ~ number ~ "[^0-9]{0,20}?" ~ limit ~ number]) }}
{%- endmacro %}

{#- The pattern of what denies hemolysis or a clot in a marked remark (`Hemolysis: No`, `no signs of hemolysis`, `not clotted`), is
    part of a diagnosis (`hemolytic anemia`), or says that something else than the test was not performed: without it, what stays is
    said of the specimen. -#}
{% macro denied_remark_pattern() -%}
    {%- set gap = "[ \\x27’-]+" -%}
    {%- set hemolysis = "(?:HEMOLYSIS|HEMOLYTIC)" -%}
    {%- set found = hemolysis ~ "|CLOT" -%}
    {%- set other = "(?:INTERFERENCE, )*INTERFERENCE OR" -%}
    {%- set end = " ?(?:[.,;(/|]|$)" -%}
    {%- set nothing = "[(\\[]?(?:NONE|FREE|NOT(?: (?:FOUND|SOMEHOW))?)[)\\]]?" ~ end -%}
    {%- set minus = "[(\\[]-[)\\]]|-(?: ?[.,;)/|]| ?$)" -%}
    {%- set zero = "[(\\[]?0+(?:[.]0+)?(?: ?mg/dl)?(?:$|[^0-9.,+a-z-]|[.,](?:$|[^0-9]))" -%}
    {{ concept_pattern([
        "(?:NOT|FREE" ~ gap ~ "SOMEHOW)(?:" ~ gap ~ "(?:SOMEHOW|" ~ other ~ "))*" ~ gap ~ "(?:" ~ found ~ ")",
        "UN-(?:" ~ found ~ ")",
        "UNHEMOLYZED",
        "(?:" ~ hemolysis_index() ~ "|" ~ hemolysis ~ ") ?[:=-]? ?(?:" ~ minus ~ "|" ~ nothing ~ "|" ~ zero ~ ")",
        hemolysis_index() ~ " ?[:=-]? ?(?:WITHIN )*(?:NORMAL|WITHIN LIMIT)",
        "HEMOLYTIC[ -](?:ANEMIA|DISEASE)",
        "ANEMIA (?:(?:AUTO-)?IMMUNE )?HEMOLYTIC",
        "IMMUNE " ~ hemolysis,
        "EARLIER TUBE (?:WAS )?CLOT",
        "FILM (?:WAS )?NOT DONE",
    ]) }}
{%- endmacro %}

{#- An index of hemolysis by its names; HINDEX is one in a single word. -#}
{% macro hemolysis_index() -%}
    (?:(?:H|HEMOLYSIS|HEMOLYTIC)(?:/INTERFERENCE)*[ -]?INDEX|INDEX SOMEHOW[ \x27’]?HEMOLYSIS)
{%- endmacro %}

{#- One of these, as a pattern over marked texts (marked_texts): a concept in capitals stands before its word. -#}
{% macro concept_pattern(patterns) -%}
    '{{ modules.re.sub("[A-Z]+", "\\g<0>[a-z]*", patterns | join("|")) }}'
{%- endmacro %}

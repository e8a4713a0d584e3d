{#- Patterns for texts that state a dose or a strength, in lower case, and numbers read from them. -#}

{#- A number with a unit of mass, of which one is caught: `number` or `unit`. No part of `100/50 mcg` is one. -#}
{% macro mass_pattern(caught='') -%}
    (?:^|[^\d.,/])({{ '' if caught == 'number' else '?:' }}\d[\d.,]*|[.]\d+)\s*({{ '' if caught == 'unit' else '?:' }}mg|gm?|mcg|ug|µg)
{%- endmacro %}

{#- A number of milliliters, caught, as a product holds them or a strength is stated per them. -#}
{% macro volume_pattern() -%}
    (\d[\d.,]*|[.]\d+)\s*ml(?:[^a-z]|$)
{%- endmacro %}

{#- A vial's mass in its volume, and the volume of the bag that it went into: `1,000 mg/16 mL in NaCl 0.9 % 100 mL`. -#}
{% macro vial_and_bag_pattern() -%}
    {{ mass_pattern() }}(?:\s*/\s*|\s+in\s.*?){{ volume_pattern() }}.*\bin\s.*{{ volume_pattern() }}
{%- endmacro %}

{#- Whether a strength text names two masses, packs of a mass or a pack of doses, so that what one piece holds is not told. -#}
{% macro is_ambiguous_strength(text) -%}
    ({{ matches(text, "'" ~ mass_pattern() ~ "[^a-z](?:.*[^\\d.,/])?[\\d.,]+\\s*(?:mg|gm?|mcg|ug|µg)(?:[^a-z]|$)'") }}
    or {{ matches(text, "'\\d\\s*x\\s*\\d|dose ?pa'") }})
{%- endmacro %}

{#- Two numbers where one dose should stand: `50-100`, `1 to 2 mg`. -#}
{% macro is_range(text) -%}
    {{ matches(text, "'^[\\d.,]+\\s*[a-zµ]*\\s*(-|–|to)\\s*[\\d.,]+'") }}
{%- endmacro %}

{#- Whether a text bears a sign that what it says is not meant as it stands: `10 mg?`, `~10 mg`, `>10 mg`, `10 mg +`. -#}
{% macro has_doubt(text) -%}
    coalesce({{ matches(text, "'[?~≈±<>≤≥]|[+]$'") }}, false)
{%- endmacro %}

{#- The text of the number that a dose text opens with, where nothing but a unit follows it. -#}
{% macro dose_number(text) -%}
    {{ extracted(text, "'^([+-]?[\\d.,]+)\\s*(?:[a-zµ].*)?$'") }}
{%- endmacro %}

{#- The unit that follows the number of a dose text. -#}
{% macro dose_unit_in_text(text) -%}
    {{ extracted(text, "'^[+-]?[\\d.,]+\\s*([a-zµ].*)$'") }}
{%- endmacro %}

{#- Why the texts of a row tell no dose, in the columns of int_exposure__read_doses; null where they do. -#}
{% macro dose_text_fault() -%}
    case
        when dose_text is null then 'missing_dose'
        when {{ is_range('dose_text') }} then 'dose_range'
        when not {{ matches('dose_text', "'\\d'") }} then 'dose_in_words'
        when has_doubt then 'doubted_dose'
        when has_ambiguous_comma then 'ambiguous_comma'
        when amount is null then 'unreadable_dose'
        when unit_text is null then 'missing_dose_unit'
        when quantity is null then 'unknown_dose_unit'
        when has_conflicting_units then 'conflicting_dose_units'
        when quantity = 'body size' then 'dose_per_body_size'
        when quantity != 'mass' and has_conflicting_strengths then 'conflicting_strengths'
        when charted_mg is null then 'missing_strength'
    end
{%- endmacro %}

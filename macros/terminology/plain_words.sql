{#- A text as words are compared: lower case, without accents, every sign but letters and digits a blank (`%` is
    percent), letters apart from digits, blanks folded. `Methyl-Prednisolon 40mg (i.v.)` is `methyl prednisolon 40 mg i v`; null where nothing is left. -#}
{% macro plain_words(text) -%}
    {%- set plain = namespace(text=plain_letters(text)) -%}
    {%- for pattern, replacement in [
        ["'[^a-z0-9]+'", "' '"], ["'([a-z])([0-9])'", "'\\1 \\2'"], ["'([0-9])([a-z])'", "'\\1 \\2'"],
    ] -%}
        {%- set plain.text = replaced_everywhere(plain.text, pattern, replacement) -%}
    {%- endfor -%}
    nullif(trim({{ plain.text }}), '')
{%- endmacro %}

{#- A text in lower case without accents, its signs as they stand (`%` is percent). -#}
{% macro plain_letters(text) -%}
    {%- set letters = "translate(lower(" ~ text ~ "), 'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿšžµμ²³', 'aaaaaaceeeeiiiinoooooouuuuyyszuu23')" -%}
    replace(replace(replace(replace({{ letters }}, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), '%', ' percent ')
{%- endmacro %}

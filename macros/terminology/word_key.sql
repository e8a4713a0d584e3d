{#- A word or text as it is compared: plain and written as one; a text of signs alone as it stands. -#}
{% macro word_key(text) -%}
    coalesce(replace({{ plain_words(text) }}, ' ', ''), {{ text }})
{%- endmacro %}

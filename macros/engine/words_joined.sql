{#- So many words of a text in plain words, from the n-th on, written as one. -#}
{% macro words_joined(text, first_word, n_words) -%}
    {{ return(adapter.dispatch('words_joined', 'cartox')(text, first_word, n_words)) }}
{%- endmacro %}

{% macro default__words_joined(text, first_word, n_words) -%}
    array_to_string(list_slice(string_split({{ text }}, ' '), {{ first_word }}, {{ first_word }} + {{ n_words }} - 1), '')
{%- endmacro %}

{% macro spark__words_joined(text, first_word, n_words) -%}
    array_join(slice(split({{ text }}, ' '), cast({{ first_word }} as int), cast({{ n_words }} as int)), '')
{%- endmacro %}

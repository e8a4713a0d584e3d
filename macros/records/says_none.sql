{#- Whether a text about a death says that there was none: `NA`, `-`, none, alive. -#}
{% macro says_none(text) -%}
    {%- set words = 'none|no|nil|null|nein|kein[a-z]*|alive|living|lebt|lebend|vivant|vivo|viva|in leven' -%}
    {{ matches('lower(' ~ text ~ ')', "'^(n[./]?a[.]?|-+|[.]|0|0000-00-00.*|" ~ words ~ ")$'") }}
{%- endmacro %}

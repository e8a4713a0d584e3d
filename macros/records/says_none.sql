{#- Whether a text about a death says that none is known: `NA`, `-`, none, *still alive*, *lost to follow-up*. -#}
{% macro says_none(text) -%}
    {%- set lives = 'alive|living|lebt|lebend|am leben|vivant|vivo|viva|in leven|survivor' -%}
    {%- set alive = '(?:patient |pt |still |is |noch )*(?:' ~ lives ~ ')(?: (?:at|with|without|as of|on) .*)?' -%}
    {%- set denied = '(?:not|non|nicht|no) (?:applicable|available|dead|died|deceased|verstorben|gestorben|known to have died)' -%}
    {%- set unseen = 'lost to (?:follow[ -]?up|fu)|ltfu|censored|no death|ongoing|nan|n/a - alive' -%}
    {%- set words = 'none|no|n|false|nil|null|nein|kein[a-z]*|' ~ alive ~ '|' ~ denied ~ '|' ~ unseen -%}
    {{ matches('lower(' ~ text ~ ')', "'^(n[./]?a[.]?|-+|[.]|0|0000-00-00.*|" ~ words ~ ")$'") }}
{%- endmacro %}

{#- Whether a text about a death says that none is known: `NA`, `-`, none, *still alive*, *lost to follow-up*. -#}
{% macro says_none(text) -%}
    {%- set lives = 'alive|living|lebt|lebend|am leben|vivant|vivo|viva|in leven|survivor' -%}
    {%- set alive = '(?:patient |pt |still |is |noch )*(?:' ~ lives ~ ')(?: (?:at|with|without|as of|on) .*)?' -%}
    {%- set denied = '(?:not|non|nicht|no) (?:applicable|available|dead|died|deceased|verstorben|gestorben|known to have died)' -%}
    {%- set unseen = 'lost to (?:follow[ -]?up|fu)|ltfu|censored|no death|ongoing|nan|n/a - alive' -%}
    {%- set words = 'none|no|n|false|nil|null|nein|kein[a-z]*|' ~ alive ~ '|' ~ denied ~ '|' ~ unseen -%}
    {{ matches('lower(' ~ text ~ ')', "'^(n[./]?a[.]?|-+|[.]|0|0000-00-00.*|" ~ words ~ ")$'") }}
{%- endmacro %}

{#- Whether a text about a death says that nobody knows. -#}
{% macro says_unknown(text) -%}
    {%- set words = 'unk|unknown|not known|unclear|undetermined|unbekannt|unklar|inconnue?|desconocid[oa]|sconosciut[oa]|ignot[oa]|onbekend' -%}
    coalesce({{ matches('lower(' ~ text ~ ')', "'^([?]+|" ~ words ~ ")$'") }}, false)
{%- endmacro %}

{#- Whether a text tells of an event: any text does, whether or not it can be read, but for a word that there was none or a date that
    stands for none. -#}
{% macro is_event_charted(text) -%}
    coalesce(substr({{ text }}, 1, 10) not in {{ terms_var('filler_dates') }} and not {{ says_none(text) }}, false)
{%- endmacro %}

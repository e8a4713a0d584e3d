{#- Whether a text about a death says that none is known: `NA`, `-`, none, *still alive*, *alive 2023-03-01*, *lost to follow-up*;
    one that tells of a life and then of its end does not. -#}
{% macro says_none(text) -%}
    {%- set lives = 'alive|living|lives|lebt|lebend|am leben|vivante?|en vie|viv[oae]|in vita|in leven|leeft'
        ~ '|survivor|survives' -%}
    {%- set since = 'at|with|without|as of|on|in|last|seen|noch|stand|am|per|zuletzt|le|al?|el|il|op' -%}
    {%- set alive = '(?:patient |pt |still |is |noch |toujours |ancora )*(?:' ~ lives ~ ')'
        ~ '(?: noch|[ ,;:(-]+(?:[0-9]|(?:' ~ since ~ ') ).*)?' -%}
    {%- set died = 'died|deceased|verstorben|gestorben|décédée?|decedut[oa]|fallecid[oa]|overleden' -%}
    {%- set denied = '(?:not|non|nicht|no|pas|niet) (?:applicable|dead|known to have died|' ~ died ~ ')' -%}
    {%- set unseen = 'lost to (?:follow[ -]?up|fu)|ltfu|censored'
        ~ '|no death(?: (?:recorded|reported|documented|known|to date|so far))?|ongoing|nan|n/a - alive' -%}
    {%- set words = 'none|no|n|false|nil|null|nein|kein[a-z]*|' ~ alive ~ '|' ~ denied ~ '|' ~ unseen -%}
    (
        {{ matches('lower(' ~ text ~ ')', "'^[(]?(n[./]?a[.]?|[-–—]+|[.]|0|0000-00-00.*|" ~ words ~ ")[.!)]*$'") }}
        and not {{ matches('lower(' ~ text ~ ')', "'(" ~ lives ~ ").*(" ~ died ~ ")'") }}
    )
{%- endmacro %}

{#- Whether a text about a death says that nothing was charted. -#}
{% macro says_uncharted(text) -%}
    {%- set told = 'recorded|documented|charted|available|entered|reported|stated|specified' -%}
    {%- set in_german = 'nicht (?:dokumentiert|erfasst|angegeben|erhoben|vorhanden)|keine angaben?|k[.]? ?a[.]?' -%}
    {%- set in_others = 'non renseignée?|non document[éeao]+|no consta|sin datos'
        ~ '|niet (?:geregistreerd|gedocumenteerd|ingevuld)' -%}
    {%- set words = 'not (?:' ~ told ~ ')|no (?:data|information|info|record)|missing|' ~ in_german ~ '|' ~ in_others -%}
    coalesce({{ matches('lower(' ~ text ~ ')', "'^[(]?(" ~ words ~ ")[.)]*$'") }}, false)
{%- endmacro %}

{#- Whether a text about a death says that nobody knows, also because nothing was charted. -#}
{% macro says_unknown(text) -%}
    {%- set words = 'unk|unknown|not known|unclear|undetermined|unbekannt|nicht bekannt|unklar|inconnue?|desconocid[oa]'
        ~ '|sconosciut[oa]|ignot[oa]|onbekend|niet bekend' -%}
    (coalesce({{ matches('lower(' ~ text ~ ')', "'^[(]?([?]+|" ~ words ~ ")[.)]*$'") }}, false) or {{ says_uncharted(text) }})
{%- endmacro %}

{#- Whether a text tells of an event: any text does, whether or not it can be read, but for a word that there was none or a date that
    stands for none. -#}
{% macro is_event_charted(text) -%}
    coalesce(substr({{ text }}, 1, 10) not in {{ terms_var('filler_dates') }} and not {{ says_none(text) }}, false)
{%- endmacro %}

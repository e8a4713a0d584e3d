-- Of a death, a relapse or a dose that is told in words, those that tell of none or of nothing known, by the parts of the words;
-- any other text is taken as an event. One that tells of a life and then of its end does not deny the death, and what it would
-- say with a question mark nobody knows.
{%- set columns = ['died_on', 'cause_of_death', 'contributing_cause', 'progressed_on', 'new_therapy_on'] %}
with vital_status as (
    select * from {{ record_source('vital_status') }}
),

administrations as (
    select * from {{ record_source('medication_administrations') }}
),

texts as (
    {%- for column in columns %}
        select 'events' as vocabulary, {{ folded(column) }} as source_text from vital_status
        union
    {%- endfor %}
    select 'events' as vocabulary, {{ folded('dose') }} as source_text
    from (select distinct dose from administrations) as doses
),

words as (
    {{ vocabulary_words(['events'], denials=false) }}
),

{{ parted_texts() }},

read as (
    select
        source_text,
        contains(source_text, '?') as is_doubted,
        {{ matches('parts', "'^(not charted|uncharted)$'") }} as is_uncharted,
        {{ matches('parts', "'^(not known|unknown)$'") }} or {{ matches('source_text', "'^[(]?[?]+[.)]*$'") }} as is_unknown,
        {{ matches('parts', "'^((none|no event)( charted| known| so far)*|not( died| applicable)?( so far)?)$'") }}
        or (
            {{ matches('parts', "'^(no event )?(beside )*alive( [0-9].*| (beside|since)( .*)?)?$'") }}
            and not {{ matches("replace(parts, 'not died', '')", "'alive.* died'") }}
        )
        or {{ matches('source_text', "'^[(]?([-–—]+|[.]|0|0000-00-00.*)[.!)]*$'") }}
        or substr(source_text, 1, 10) in {{ terms_var('filler_dates') }} as is_none,
        {{ matches('parts', "'^(none|not|(none|not) given|not dose( given)?|stopped)$'") }}
        or {{ matches('source_text', "'^(-+|0+([.,]0*)?( ?[a-zµ%][^0-9]*)?( x ?[0-9]+)?)$'") }} as is_zero_dose
    from parted_texts
)

select
    source_text as event_text,
    case
        when is_uncharted then 'uncharted'
        when is_unknown or is_doubted then 'unknown'
        when is_none then 'none'
    end as verdict,
    is_zero_dose and not is_doubted as is_zero_dose
from read
where is_uncharted or is_unknown or is_none or is_zero_dose

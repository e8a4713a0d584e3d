-- Numbers other than 0 are taken away, so that neither the stroke of a rate nor a decimal comma parts a name from its dose; the
-- stroke of n/a parts nothing.
with assessments as (
    select * from {{ record_source('toxicity_assessments') }}
),

texts as (
    select
        {{ folded('vasopressors') }} as vasopressors_text,
        count(*) as n_records
    from assessments
    where vasopressors is not null
    group by {{ folded('vasopressors') }}
),

without_numbers as (
    select
        vasopressors_text,
        n_records,
        {{ replaced_everywhere(
            replaced_everywhere('vasopressors_text', "'0+[.,]0+'", "'0'"), "'(0+[.,])?0*[1-9][0-9]*([.,][0-9]+)?'", "' '"
        ) }} as named_text
    from texts
),

separated as (
    select
        vasopressors_text,
        n_records,
        {{ text_pieces(replaced_everywhere(
            replaced_everywhere('named_text', "'\\bn/a\\b'", "'na'"), "'[,;+/&]| (and|und|et|en|y|e) '", "'|'"
        )) }} as piece
    from without_numbers
)

select distinct
    vasopressors_text,
    trim({{ replaced_everywhere('piece', "'\\s+'", "' '") }}) as piece,
    n_records
from separated
where trim(piece) != ''

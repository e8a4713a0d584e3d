-- A number other than 0 becomes the word "number", so that neither the stroke of a rate nor a decimal comma parts a name from its
-- dose; a digit at the end of a name (AT2) is part of it. The strokes of n/a, d/c and w/o part nothing. Signs alone are a piece.
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

spaced as (
    select
        vasopressors_text,
        n_records,
        {{ replaced_everywhere(
            replaced_everywhere('vasopressors_text', "'0+[.,]0+'", "'0'"),
            "'([a-z])([0-9]+[.,][0-9]+|[0-9][0-9]+)'", "'\\1 \\2'"
        ) }} as spaced_text
    from texts
),

without_numbers as (
    select
        vasopressors_text,
        n_records,
        {{ replaced_everywhere(
            'spaced_text', "'(^|[^a-z0-9])(0+[.,])?0*[1-9][0-9]*([.,][0-9]+)?'", "'\\1 number '"
        ) }} as named_text
    from spaced
),

separated as (
    select
        vasopressors_text,
        n_records,
        {{ text_pieces(replaced_everywhere(
            replaced_everywhere('named_text', "'\\b([ndw])/([aco])\\b'", "'\\1\\2'"), "'[,;+/&]| (and|und|et|en|y|e) '", "'|'"
        )) }} as piece
    from without_numbers
)

select distinct
    vasopressors_text,
    trim({{ replaced_everywhere('piece', "'\\s+'", "' '") }}) as piece,
    n_records
from separated
where trim(piece) != ''
union all
select
    vasopressors_text,
    vasopressors_text as piece,
    n_records
from texts
where {{ matches('vasopressors_text', "'^[|,;+/& ]+$'") }}

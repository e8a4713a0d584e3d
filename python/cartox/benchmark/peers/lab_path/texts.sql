-- What the distinct texts of results, limits, units and comments say.
create temp table remark_texts as
with texts as (
    select folded(result) as remark_text
    from (select distinct result from judged) as raw_texts
    union
    select folded(comment) as remark_text
    from (select distinct comment from judged) as raw_texts
)

select
    remark_text,
    plain_words(remark_text) as plain_text,
    regexp_split_to_array(
        regexp_replace(replace(plain_letters(remark_text), '_', ' '), '([a-z]+)', chr(1) || '\1' || chr(1), 'g'), chr(1)
    ) as pieces
from texts
where regexp_matches(remark_text, '[^0-9 .,<>=+-]');

-- The concept of a word stands in capitals before it.
create temp table marks as
select
    words.word,
    arg_min(upper(replace(known.concept, ' ', '')), (-len(plain_letters(known.word)), known.concept)) as mark
from (select distinct unnest(pieces) as word from remark_texts) as words
inner join words_remarks as known on words.word like replace(plain_letters(known.word), '*', '%')
group by words.word;

create temp macro of_concepts(pattern) as regexp_replace(pattern, '([A-Z]+)', '\1[a-z]*', 'g');

create temp table remarks as
with placed as (
    select
        remark_text,
        unnest(pieces) as piece,
        unnest(range(len(pieces))) as place
    from remark_texts
),

marked as (
    select
        placed.remark_text,
        string_agg(concat(marks.mark, placed.piece), '' order by placed.place) as marked_text
    from placed
    left join marks on placed.piece = marks.word
    group by placed.remark_text
),

indexed as (
    select
        remark_text,
        regexp_extract(
            marked_text,
            of_concepts(
                '(?:(?:H|HEMOLYSIS|HEMOLYTIC)(?:/INTERFERENCE)*[ -]?INDEX|INDEX SOMEHOW[ \x27’]?HEMOLYSIS)'
                || ' ?[:=]? ?(\d+(?:[.]\d+)?)[^0-9]{0,20}?(?:LIMIT|NORMAL|<=?|≤)[^0-9]{0,12}(?:[0-9.]+ ?[-–] ?)?(\d+(?:[.]\d+)?)'
            ),
            ['index', 'limit']
        ) as hemolysis,
        regexp_replace(
            marked_text,
            of_concepts(
                '(?:NOT|FREE[ \x27’-]+SOMEHOW)(?:[ \x27’-]+(?:SOMEHOW|(?:INTERFERENCE, )*INTERFERENCE OR))*'
                || '[ \x27’-]+(?:HEMOLYSIS|HEMOLYTIC|CLOT)|UN-(?:HEMOLYSIS|HEMOLYTIC|CLOT)|UNHEMOLYZED'
                || '|(?:(?:H|HEMOLYSIS|HEMOLYTIC)(?:/INTERFERENCE)*[ -]?INDEX|INDEX SOMEHOW[ \x27’]?HEMOLYSIS'
                || '|HEMOLYSIS|HEMOLYTIC) ?[:=-]? ?(?:[(\[]-[)\]]|-(?: ?[.,;)/|]| ?$)'
                || '|[(\[]?(?:NONE|FREE|NOT(?: (?:FOUND|SOMEHOW))?)[)\]]? ?(?:[.,;(/|]|$)'
                || '|[(\[]?0+(?:[.]0+)?(?: ?mg/dl)?(?:$|[^0-9.,+a-z-]|[.,](?:$|[^0-9])))'
                || '|(?:(?:H|HEMOLYSIS|HEMOLYTIC)(?:/INTERFERENCE)*[ -]?INDEX|INDEX SOMEHOW[ \x27’]?HEMOLYSIS)'
                || ' ?[:=-]? ?(?:WITHIN )*(?:NORMAL|WITHIN LIMIT)|HEMOLYTIC[ -](?:ANEMIA|DISEASE)'
                || '|ANEMIA (?:(?:AUTO-)?IMMUNE )?HEMOLYTIC|IMMUNE (?:HEMOLYSIS|HEMOLYTIC)'
                || '|EARLIER TUBE (?:WAS )?CLOT|FILM (?:WAS )?NOT DONE'
            ),
            ' ',
            'g'
        ) as undenied_text
    from marked
),

said as (
    select
        indexed.remark_text,
        indexed.hemolysis,
        result_remarks.remark,
        contains(plain_words(regexp_replace(indexed.undenied_text, '[A-Z]+', '', 'g')), plain_words(result_remarks.name)) is true
            as is_undenied
    from indexed
    inner join remark_texts on indexed.remark_text = remark_texts.remark_text
    left join result_remarks on contains(remark_texts.plain_text, plain_words(result_remarks.name))
)

select
    remark_text,
    bool_or(remark in ('not performed', 'clotted', 'no number')) is true as is_not_performed,
    bool_or(remark = 'not performed' and is_undenied) is true as is_nothing_measured,
    bool_or(remark = 'clotted' and is_undenied) is true as is_clotted,
    coalesce(
        max(signed_number(hemolysis['index'])) > max(signed_number(hemolysis['limit'])),
        bool_or(remark = 'hemolysed' and is_undenied)
    ) is true as is_hemolysed
from said
group by remark_text
having bool_or(remark is not null or hemolysis['limit'] != '');

create temp table result_texts as
with signed as (
    select
        result as raw_text,
        with_signs(result) as signed_text
    from (select distinct result from judged) as raw_texts
    where result is not null
),

parted as (
    select
        raw_text,
        signed_text,
        coalesce(nullif(regexp_extract(signed_text, '^([<>]=?)', 1), ''), '=') as comparator,
        regexp_extract(
            signed_text,
            '^(?:[<>]=?)? ?((?:[+-]?\d(?:[\d.,]*\d)?[.]?|[+-]?[.]\d+)(?:e[+-]?\d{1,2})?) ?'
            || '(?:[(\[]?(?:hh?|ll?)\b[)\]]?|[*!]| )*'
            || '(x? ?10 ?[*^e] ?\d+ ?/ ?[a-zµμ0-9]+|[a-zµμ%/{\[][^ (),;]*(?: ?/ ?[^ (),;]+)?)??'
            || '(?:[(\[]?(?:hh?|ll?)\b[)\]]?|[*!]| )*'
            || '(?:[,;:(\[ -]*(?:(?:slight|mild|moderate|gross)(?:ly)? +|specimen +|sample +)*'
            || '(?:ha?emoly|lipa?emi|icter|h-? ?index).*)?$',
            ['figures', 'unit']
        ) as parts
    from signed
)

select
    parted.raw_text,
    trimmed(parted.raw_text) as result,
    parted.comparator,
    case left(parted.comparator, 1) when '<' then 'left' when '>' then 'right' else 'none' end as censoring,
    charted_number(nullif(parted.parts['figures'], '')) as result_number,
    unit_of(nullif(parted.parts['unit'], '')) as written_unit,
    contains(parted.parts['figures'], ',') as has_comma,
    regexp_matches(parted.signed_text, '^[\d.,]+ ?(-|–|to) ?[\d.,]+$') as is_range,
    coalesce(remarks.is_not_performed, false) as is_not_performed,
    coalesce(remarks.is_nothing_measured, false) as is_nothing_measured,
    coalesce(remarks.is_clotted, false) as is_clotted,
    coalesce(remarks.is_hemolysed, false) as is_hemolysed
from parted
left join remarks on folded(parted.raw_text) = remarks.remark_text;

create temp table comment_texts as
select
    raw_texts.comment as raw_text,
    remarks.is_nothing_measured,
    remarks.is_clotted,
    remarks.is_hemolysed
from (select distinct comment from judged) as raw_texts
inner join remarks on folded(raw_texts.comment) = remarks.remark_text;

create temp table limit_texts as
with parted as (
    select
        reference_high as raw_text,
        regexp_extract(
            with_signs(reference_high),
            '^[(\[]? ?(?:\d(?:[\d.,]*\d)? ?(?:-|–|to|bis) ?|<=? ?|(?:up to|bis) ?)?(\d(?:[\d.,]*\d)?) ?[)\]]? ?'
            || '(x? ?10 ?[*^e] ?\d+ ?/ ?[a-zµμ0-9]+|[a-zµμ%/{\[][^ (),;]*(?: ?/ ?[^ (),;]+)?)??$',
            ['figures', 'unit']
        ) as parts
    from (select distinct reference_high from judged) as raw_texts
    where reference_high is not null
)

select
    raw_text,
    charted_number(nullif(parts['figures'], '')) as limit_number,
    unit_of(nullif(parts['unit'], '')) as limit_unit
from parted;

create temp table unit_texts as
select
    unit as raw_text,
    trimmed(unit) as unit,
    unit_of(trimmed(unit)) as charted_unit
from (select distinct unit from judged) as raw_texts
where unit is not null;

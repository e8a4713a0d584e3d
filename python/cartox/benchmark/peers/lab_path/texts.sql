-- What the distinct texts of results, limits, units and comments say.
create temp macro is_undenied(undenied_text, remark) as contains(undenied_text, remark)
or contains(plain_words(undenied_text), remark) is true;

create temp table remarks as
with texts as (
    select folded(result) as remark_text
    from (select distinct result from judged) as raw_texts
    union
    select folded(comment) as remark_text
    from (select distinct comment from judged) as raw_texts
),

spoken as (
    select
        remark_text,
        plain_words(remark_text) as plain_text
    from texts
    where regexp_matches(remark_text, '[^0-9 .,<>=+-]')
),

indexed as (
    select
        *,
        regexp_extract(
            remark_text,
            '\b(?:(?:h|(?:h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*))[ -]?ind[a-z]+'
            || '|[ií]ndice d[ie]? ?(?:h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*)'
            || '|indice d[^a-z](?:h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*)|hi) ?[:=]? ?(\d+(?:[.]\d+)?)[^0-9]{0,12}?'
            || '(?:limi[a-z]*|cut-?off|max[a-z.]*|grenz[a-z]*|norm[a-z]*|ref[a-z.]*|<=?|≤|bis|up to)[^0-9]{0,6}'
            || '(?:\d+(?:[.]\d+)? ?[-–] ?)?(\d+(?:[.]\d+)?)',
            ['index', 'limit']
        ) as hemolysis,
        regexp_replace(
            remark_text,
            '\b(?:no|not|non|kein|keine|keinen|keiner|nicht|ohne|without|sans|pas|aucune?|senza|nessuna?|sin|ninguna?'
            || '|geen|niet|zonder|negative for|negativ f[uü]r|free of|free from|frei von'
            || '|absence of)(?:[ \x27’-]+(?:visibly|visible|gross|grossly|obvious|obviously|apparent|evident|significant'
            || '|significantly|relevant|sichtbare|erkennbare|relevante|nennenswerte|wesentliche|zichtbare|visibile'
            || '|evidente|any|signs?|evidence|indications?|traces?|of|for|anzeichen|hinweise?|zeichen|auf|f[uü]r|eine'
            || '|einer|signes?|de|d|segni|di|signos|tekenen|van|(?:(?:lip|icter)[a-z]*, )*(?:lip|icter)[a-z]* (?:or|nor'
            || '|oder)))*[ \x27’-]+(?:(?:ge)?h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*|clot[a-z]*|geronnen|coagul[a-zé]*'
            || '|gestold)|\b(?:non|un-?)(?:h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*|clotted)|\b(?:(?:h?(?:ae|ä|e|é'
            || '|a)m[oó]l[iy][a-zé]*(?:/(?:icter|lip)[a-z]*)*|h)[ -]?ind[a-z]+|h?(?:ae|ä|e|é'
            || '|a)m[oó]l[iy][a-zé]*) ?[:=-]? ?(?:[(\[]-[)\]]|-(?: ?[.,;)/|]| ?$)|[(\[]?(?:no|none|nil|neg|negative'
            || '|negativ|absent|keine?|nein|aucune|non|nessuna|ninguna|geen|nee|(?:not|nicht|non|niet) (?:detected|seen'
            || '|present|observed|visible|evident|found|noted|nachweisbar|sichtbar|vorhanden|erkennbar'
            || '|nachgewiesen))[)\]]? ?(?:[.,;(/|]|$)|[(\[]?0+(?:[.]0+)?(?: ?mg/dl)?(?:$|[^0-9.,+a-z-]|[.,](?:$'
            || '|[^0-9])))|\b(?:h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*(?:/(?:icter|lip)[a-z]*)*'
            || '|h)[ -]?ind[a-z]+ ?[:=-]? ?(?:within (?:the |normal |reference )*(?:limit|range|interval)'
            || '|within reference|im normbereich|in der norm|unauff[aä]llig|normal\b)|\bh?(?:ae|ä|e|é'
            || '|a)mol[iy]ti[a-z]*[ -](?:(?:an|ur)(?:e|ae|ä|é)m|transfusion|disease)[a-zäé]*'
            || '|\ban[eé]mi[ae] (?:auto[a-z-]+ )?h?[eé]molyti[a-z]*|\bautoimmun[a-z]* h?(?:ae|ä|e|é|a)m[oó]l[iy][a-zé]*'
            || '|\b(?:previous|prior|earlier) (?:specimen|sample|tube)s? (?:was |were )?clotted|\b(?:diff|differential'
            || '|smear|film|morphology) (?:was )?not (?:performed|done|resulted)',
            ' ',
            'g'
        ) as undenied_text
    from spoken
)

select
    indexed.remark_text,
    bool_or(result_remarks.remark in ('not performed', 'clotted', 'no number')) is true as is_not_performed,
    bool_or(result_remarks.remark = 'not performed' and is_undenied(indexed.undenied_text, result_remarks.name)) is true
        as is_nothing_measured,
    bool_or(result_remarks.remark = 'clotted' and is_undenied(indexed.undenied_text, result_remarks.name)) is true as is_clotted,
    coalesce(
        max(signed_number(indexed.hemolysis['index'])) > max(signed_number(indexed.hemolysis['limit'])),
        bool_or(result_remarks.remark = 'hemolysed' and is_undenied(indexed.undenied_text, result_remarks.name))
    ) is true as is_hemolysed
from indexed
left join result_remarks
    on contains(indexed.remark_text, result_remarks.name) or contains(indexed.plain_text, result_remarks.name)
group by indexed.remark_text
having bool_or(result_remarks.remark is not null or indexed.hemolysis['limit'] != '');

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

-- A piece of nothing but remarks (a rate, "no change") tells that something is given; beside another piece it adds nothing.
with pieces as (
    select * from {{ ref('int_terminology__vasopressor_pieces') }}
),

matches as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'vasopressors' and not is_noise
),

drugs as (
    select * from {{ ref('drugs') }}
),

read as (
    select
        pieces.vasopressors_text,
        pieces.piece,
        matches.concepts,
        matches.is_negation,
        matches.is_remark,
        bool_or(not matches.is_remark) over (partition by pieces.vasopressors_text) as is_told_more
    from pieces
    inner join matches on pieces.piece = matches.source_text
),

named as (
    select
        vasopressors_text,
        piece,
        is_negation,
        {{ text_pieces("coalesce(concepts, '')") }} as ingredient
    from read
    where not (is_remark and is_told_more)
)

select
    named.vasopressors_text,
    named.piece,
    nullif(named.ingredient, '') as ingredient,
    drugs.drug_class,
    named.is_negation,
    named.ingredient = '' and not named.is_negation as is_unknown
from named
left join drugs on named.ingredient = drugs.ingredient

with pieces as (
    select * from {{ ref('int_terminology__vasopressor_pieces') }}
),

matches as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'vasopressors' and not is_noise
),

drugs as (
    select * from {{ ref('drugs') }}
)

select
    pieces.vasopressors_text,
    pieces.piece,
    matches.concept as ingredient,
    drugs.drug_class,
    matches.is_negation,
    matches.concept is null and not matches.is_negation as is_unknown
from pieces
inner join matches on pieces.piece = matches.source_text
left join drugs on matches.concept = drugs.ingredient

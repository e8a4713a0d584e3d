-- What people chart in the column vasopressors, taken apart: rates, doses and units are removed and each piece that is left is
-- looked up; of several known names in a piece the longest counts.
with assessments as (
    select * from {{ record_source('toxicity_assessments') }}
),

drug_names as (
    select * from {{ ref('drug_names') }}
),

drugs as (
    select * from {{ ref('drugs') }}
),

negations as (
    select * from {{ ref('negations') }}
),

texts as (
    select distinct {{ folded('vasopressors') }} as vasopressors_text
    from assessments
    where vasopressors is not null
),

split as (
    select
        vasopressors_text,
        {{ text_pieces(drugs_between_bars('vasopressors_text')) }} as padded_piece
    from texts
),

pieces as (
    select distinct
        vasopressors_text,
        {{ cleaned('padded_piece') }} as piece
    from split
    where {{ matches('padded_piece', "'\\w'") }}
),

named as (
    select
        pieces.piece,
        drug_names.ingredient,
        row_number() over (partition by pieces.piece order by length(drug_names.name) desc, drug_names.name) as preference
    from (select distinct piece from pieces) as pieces
    inner join drug_names
        on {{ matches('pieces.piece', "concat('(^|[^a-z])', drug_names.name, '($|[^a-z])')") }}
),

negated as (
    select distinct pieces.piece
    from (select distinct piece from pieces) as pieces
    inner join negations
        on {{ matches('pieces.piece', "concat('(^|[^a-z])', negations.name, '($|[^a-z])')") }}
)

select
    pieces.vasopressors_text,
    pieces.piece,
    case when negated.piece is null then named.ingredient end as ingredient,
    case when negated.piece is null then drugs.drug_class end as drug_class,
    negated.piece is null and named.ingredient is null as is_unknown
from pieces
left join negated on pieces.piece = negated.piece
left join named on pieces.piece = named.piece and named.preference = 1
left join drugs on named.ingredient = drugs.ingredient

-- What the vocabulary says of a drug's strength, in the words in which product strengths are read: `4 mg`, `10 mg/ml`, and
-- `20 mg/5 ml` where the volume of the piece is known. A drug with two strengths of one ingredient has none that can be used.
with drug_strength as (
    select * from {{ ref('stg_omop__drug_strength') }}
    where unreadable_id is null and invalid_reason is null
),

ingredients as (
    select * from {{ ref('int_omop__ingredients') }}
),

units as (
    select * from {{ ref('omop_concepts') }}
),

worded as (
    select
        drug_strength.drug_concept_id,
        drug_strength.amount_value || ' ' || amount_units.term as amount,
        drug_strength.numerator_value || ' ' || numerator_units.term
        || '/' || coalesce(drug_strength.denominator_value || ' ', '') || lower(denominator_units.term) as concentration
    from drug_strength
    left join ingredients on drug_strength.drug_concept_id = ingredients.drug_concept_id
    left join units as amount_units
        on drug_strength.amount_unit_concept_id = amount_units.concept_id and amount_units.term in ('mg', 'g', 'mcg')
    left join units as numerator_units
        on drug_strength.numerator_unit_concept_id = numerator_units.concept_id and numerator_units.term in ('mg', 'g', 'mcg')
    left join units as denominator_units
        on drug_strength.denominator_unit_concept_id = denominator_units.concept_id and denominator_units.term = 'mL'
    where
        ingredients.ingredient_concept_id is null
        or drug_strength.ingredient_concept_id = ingredients.ingredient_concept_id
),

told as (
    select distinct
        drug_concept_id,
        coalesce(amount, concentration) as strength,
        amount is not null as is_per_piece
    from worded
    where coalesce(amount, concentration) is not null
),

counted as (
    select
        *,
        count(*) over (partition by drug_concept_id) as n_strengths
    from told
)

select
    drug_concept_id,
    strength,
    is_per_piece
from counted
where n_strengths = 1

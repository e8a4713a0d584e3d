-- A drug is known by the ingredient's concept itself or one above it. A drug with several of the study's ingredients is left to
-- its name.
with drugs as (
    select * from {{ ref('drugs') }}
),

found as (
    select
        drug_exposure.drug_concept_id,
        drugs.ingredient,
        drugs.rxnorm_code,
        drugs.omop_concept_id as ingredient_concept_id
    from {{ ref('stg_omop__drug_exposure') }} as drug_exposure
    inner join drugs on drug_exposure.drug_concept_id = drugs.omop_concept_id
    union
    select
        ancestors.descendant_concept_id as drug_concept_id,
        drugs.ingredient,
        drugs.rxnorm_code,
        drugs.omop_concept_id as ingredient_concept_id
    from {{ ref('stg_omop__concept_ancestor') }} as ancestors
    inner join drugs on ancestors.ancestor_concept_id = drugs.omop_concept_id
),

counted as (
    select
        *,
        count(*) over (partition by drug_concept_id) as n_ingredients
    from found
)

select
    drug_concept_id,
    ingredient,
    rxnorm_code,
    ingredient_concept_id
from counted
where n_ingredients = 1

-- A drug is known by the ingredient's concept itself or one above it. A drug with several of the study's ingredients is left to
-- its name.
with drug_exposure as (
    select distinct drug_concept_id from {{ ref('stg_omop__drug_exposure') }}
    where drug_concept_id != 0
),

drugs as (
    select * from {{ ref('drugs') }}
    where omop_concept_id is not null
),

ancestors as (
    select * from {{ ref('stg_omop__concept_ancestor') }}
    where ancestor_concept_id in (select drugs.omop_concept_id from drugs)
),

found as (
    select
        drug_exposure.drug_concept_id,
        drugs.ingredient
    from drug_exposure
    inner join drugs on drug_exposure.drug_concept_id = drugs.omop_concept_id
    union
    select
        drug_exposure.drug_concept_id,
        drugs.ingredient
    from drug_exposure
    inner join ancestors on drug_exposure.drug_concept_id = ancestors.descendant_concept_id
    inner join drugs on ancestors.ancestor_concept_id = drugs.omop_concept_id
),

single as (
    select
        drug_concept_id,
        min(ingredient) as ingredient
    from found
    group by drug_concept_id
    having count(*) = 1
)

select
    single.drug_concept_id,
    single.ingredient,
    drugs.rxnorm_code,
    drugs.omop_concept_id as ingredient_concept_id
from single
inner join drugs on single.ingredient = drugs.ingredient

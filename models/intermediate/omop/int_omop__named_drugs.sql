-- Exposures to drugs that are no infusions, with their doses and the names of drug and route in the vocabulary. A drug that the
-- site mapped to no standard concept, or to one that is not at hand, has the name and code of the site's own concept.
with exposures as (
    select * from {{ ref('int_omop__drug_exposures') }}
    where product is null
),

doses as (
    select * from {{ ref('int_omop__doses') }}
),

concepts as (
    select * from {{ ref('int_omop__used_concepts') }}
),

drugs as (
    select
        kinds.drug_concept_id,
        kinds.drug_source_concept_id,
        concepts.vocabulary_id,
        concepts.concept_code,
        concepts.concept_name
    from (select distinct drug_concept_id, drug_source_concept_id from exposures) as kinds
    left join concepts as standard on kinds.drug_concept_id = standard.concept_id
    inner join concepts on coalesce(standard.concept_id, kinds.drug_source_concept_id) = concepts.concept_id
)

select
    exposures.*,
    doses.dose,
    doses.dose_unit,
    doses.is_spread,
    doses.is_whole,
    doses.supply_ends_at,
    doses.strength,
    ingredients.ingredient,
    ingredients.rxnorm_code,
    drugs.vocabulary_id,
    drugs.concept_code,
    drugs.concept_name,
    case
        when contains(lower(drugs.concept_name), ingredients.ingredient) or ingredients.ingredient is null
            then drugs.concept_name
        else concat_ws(', ', ingredients.ingredient, drugs.concept_name)
    end as standard_name,
    {{ worded('exposures.drug_source_value') }} as source_name,
    coalesce(known_routes.term, routes.concept_name) as route_term,
    exposures.drug_exposure_end_datetime is not null
    and coalesce(
        {{ parsed_time('exposures.drug_exposure_end_datetime') }} != {{ days_after(parsed_time('exposures.started_at'), 0) }},
        true
    )
    and not (
        exposures.status = 'given' and not doses.is_rate
        and {{ matches('exposures.drug_exposure_end_datetime', "'[ T]23:59:59([.]0+)?$'") }}
    ) as has_time_of_end
from exposures
inner join doses on exposures.source_file = doses.source_file and exposures.line_number = doses.line_number
left join {{ ref('int_omop__ingredients') }} as ingredients on exposures.drug_concept_id = ingredients.drug_concept_id
left join drugs
    on
        exposures.drug_concept_id is not distinct from drugs.drug_concept_id
        and exposures.drug_source_concept_id is not distinct from drugs.drug_source_concept_id
left join concepts as routes on exposures.route_concept_id = routes.concept_id
left join {{ ref('omop_concepts') }} as known_routes
    on exposures.route_concept_id = known_routes.concept_id and known_routes.meaning = 'route'

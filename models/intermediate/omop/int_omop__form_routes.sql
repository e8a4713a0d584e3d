-- A dose form that is given in one way only tells the route where the record does not.
with drugs as (
    select distinct exposures.drug_concept_id, concepts.concept_name
    from {{ ref('stg_omop__drug_exposure') }} as exposures
    inner join {{ ref('int_omop__used_concepts') }} as concepts on exposures.drug_concept_id = concepts.concept_id
),

dose_forms as (
    select * from {{ ref('dose_forms') }}
)

select
    drugs.drug_concept_id,
    min(dose_forms.route) as route
from drugs
inner join dose_forms on contains({{ folded('drugs.concept_name') }}, dose_forms.name)
group by drugs.drug_concept_id
having count(distinct dose_forms.route) = 1

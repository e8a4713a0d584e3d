-- Whether a drug was given is told by the type of its record and by why it was stopped: what was held, refused or cancelled was
-- not given; what was discontinued was, until then. A type that no seed knows is handed on as it is, so that the row is set aside
-- with that reason. So is a row of which an id cannot be read, the person's apart. A date without a time has midnight as its time
-- by the model's convention: where all drugs of a person have it, their times are unknown.
{%- set midnight = "'[ T]00:00(:00([.]0+)?)?$'" %}
with drug_exposure as (
    select * from {{ ref('stg_omop__drug_exposure') }}
    where unreadable_id is null or person_id is not null
),

patient_ids as (
    select * from {{ ref('int_omop__patient_ids') }}
),

products as (
    select * from {{ ref('int_omop__products') }}
    where cdm_table = 'drug_exposure'
),

types as (
    select * from {{ ref('omop_concepts') }}
    where meaning = 'administration status'
),

reasons as (
    select * from {{ ref('int_omop__matches') }}
    where vocabulary = 'medication_statuses'
)

select
    drug_exposure.*,
    {{ omop_patient('drug_exposure') }} as patient_id,
    case
        when
            {{ matches('drug_exposure.drug_exposure_start_datetime', midnight) }}
            and count(drug_exposure.drug_exposure_start_datetime) over of_person
            = count(case when {{ matches('drug_exposure.drug_exposure_start_datetime', midnight) }} then 1 end) over of_person
            then {{ extracted('drug_exposure.drug_exposure_start_datetime', "'^([^ T]+)'") }}
        else coalesce(drug_exposure.drug_exposure_start_datetime, drug_exposure.drug_exposure_start_date)
    end as started_at,
    coalesce(
        case when reasons.concept in ('held', 'refused', 'cancelled') then reasons.concept end,
        types.term,
        'drug type ' || cast(nullif(drug_exposure.drug_type_concept_id, 0) as string)
    ) as status,
    products.product
from drug_exposure
left join patient_ids on drug_exposure.person_id = patient_ids.person_id
left join types on drug_exposure.drug_type_concept_id = types.concept_id
left join reasons on {{ folded('drug_exposure.stop_reason') }} = reasons.source_text
left join products
    on
        drug_exposure.drug_concept_id is not distinct from products.concept_id
        and drug_exposure.drug_source_concept_id is not distinct from products.source_concept_id
        and drug_exposure.drug_source_value is not distinct from products.source_value
window of_person as (partition by drug_exposure.person_id, products.product is null)

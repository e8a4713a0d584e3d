-- Patients with drugs of which none can be recognized: no concept of the seeds, no name, and no era of an ingredient.
with named as (
    select * from {{ ref('int_omop__named_drugs') }}
),

eras as (
    select distinct person_id from {{ ref('stg_omop__drug_era') }}
    where unreadable_id is null
)

select named.patient_id
from named
left join eras on named.person_id = eras.person_id
where eras.person_id is null
group by named.patient_id
having not bool_or(coalesce(named.ingredient, named.source_name, named.standard_name) is not null)

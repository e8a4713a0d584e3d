-- The first other anticytokine drug given after the index time.
with index_time as (
    select * from {{ ref('int_population__index_time') }}
),

administrations as (
    select * from {{ ref('int_medication_administrations__accepted') }}
    where status = 'given' and ingredient != '{{ var("index_drug") }}'
),

roles as (
    select * from {{ ref('drug_class_roles') }}
    where is_anticytokine
)

select
    index_time.patient_id,
    min(administrations.started_at) as rescued_at
from index_time
inner join administrations
    on
        index_time.patient_id = administrations.patient_id
        and administrations.started_at > index_time.index_started_at
inner join roles on administrations.drug_class = roles.drug_class
group by index_time.patient_id

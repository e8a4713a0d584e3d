-- A person with two source values has none that can be trusted.
with person as (
    select * from {{ ref('stg_omop__person') }}
    where unreadable_id is null
)

select
    person_id,
    case
        when {{ text_var('omop_patient_id') }} = 'person_id' then cast(person_id as string)
        when count(distinct coalesce(person_source_value, '')) = 1 then min(person_source_value)
    end as patient_id
from person
group by person_id

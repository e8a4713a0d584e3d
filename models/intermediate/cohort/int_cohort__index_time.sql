-- The first given dose of the index drug from the day of infusion on, whatever its purpose.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

administrations as (
    select * from {{ accepted('medication_administrations') }}
    where status = 'given' and ingredient = '{{ var("index_drug") }}'
)

select
    treated.patient_id,
    min(administrations.started_at) as index_started_at,
    {{ days_between('treated.infused_at', 'min(administrations.started_at)') }} as index_study_day
from treated
inner join administrations on treated.patient_id = administrations.patient_id
where {{ days_between('treated.infused_at', 'administrations.started_at') }} >= 0
group by treated.patient_id, treated.infused_at

-- The first given dose of the index drug from the day of infusion on, whatever its purpose.
with treated as (
    select * from {{ ref('int_population__treated') }}
),

administrations as (
    select * from {{ ref('int_medication_administrations__accepted') }}
    where status = 'given' and ingredient = {{ text_var('index_drug') }}
)

select
    treated.patient_id,
    min(administrations.started_at) as index_started_at,
    {{ days_between('treated.infused_at', 'min(administrations.started_at)') }} as index_study_day
from treated
inner join administrations on treated.patient_id = administrations.patient_id
where {{ days_between('treated.infused_at', 'administrations.started_at') }} >= 0
group by treated.patient_id, treated.infused_at

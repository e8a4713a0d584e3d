-- Every cohort patient under every definition of resolution, counted from the day after the index time.
with cohort as (
    select * from {{ ref('int_population__cohort') }}
),

treated as (
    select * from {{ ref('int_population__treated') }}
),

definitions as (
    select * from {{ ref('response_definitions') }}
),

resolved_days as (
    select * from {{ ref('int_toxicity__resolved_days') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

rescues as (
    select * from {{ ref('int_response__rescues') }}
),

resolutions as (
    select
        cohort.patient_id,
        definitions.definition,
        min(resolved_days.study_day) as resolved_day
    from cohort
    cross join definitions
    left join resolved_days
        on
            cohort.patient_id = resolved_days.patient_id
            and definitions.definition = resolved_days.definition
            and cohort.index_study_day < resolved_days.study_day
            and (
                definitions.within_days_of_index is null
                or resolved_days.study_day <= cohort.index_study_day + definitions.within_days_of_index
            )
    group by cohort.patient_id, definitions.definition
),

dated as (
    select
        resolutions.patient_id,
        resolutions.definition,
        {{ days_after('treated.infused_at', 'resolutions.resolved_day') }} as resolved_at,
        rescues.rescued_at,
        definitions.without_rescue,
        treated.died_on
    from resolutions
    inner join treated on resolutions.patient_id = treated.patient_id
    inner join definitions on resolutions.definition = definitions.definition
    left join rescues on resolutions.patient_id = rescues.patient_id
)

select
    patient_id,
    definition,
    resolved_at is not null and not (without_rescue and coalesce(rescued_at < resolved_at, false)) as is_responder,
    case when not (without_rescue and coalesce(rescued_at < resolved_at, false)) then resolved_at end as resolved_at,
    died_on
from dated

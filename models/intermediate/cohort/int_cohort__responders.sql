-- Every patient with an index time under every definition of resolution, counted from the day after the index time. Who is a
-- responder is decided here and nowhere else.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

definitions as (
    select * from {{ ref('response_definitions') }}
),

resolved_days as (
    select * from {{ ref('int_cohort__resolved_days') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

rescues as (
    select * from {{ ref('int_cohort__rescues') }}
),

resolutions as (
    select
        index_time.patient_id,
        definitions.definition,
        definitions.without_rescue,
        min(resolved_days.study_day) as resolved_day
    from index_time
    cross join definitions
    left join resolved_days
        on
            index_time.patient_id = resolved_days.patient_id
            and definitions.definition = resolved_days.definition
            and index_time.index_study_day < resolved_days.study_day
            and (
                definitions.within_days_of_index is null
                or resolved_days.study_day <= index_time.index_study_day + definitions.within_days_of_index
            )
    group by index_time.patient_id, definitions.definition, definitions.without_rescue
),

dated as (
    select
        resolutions.*,
        treated.died_on,
        {{ days_after('treated.infused_at', 'resolutions.resolved_day') }} as resolved_at
    from resolutions
    inner join treated on resolutions.patient_id = treated.patient_id
)

select
    dated.patient_id,
    dated.definition,
    dated.died_on,
    dated.definition = {{ text_var('response_definition') }} as is_study_definition,
    case when not (dated.without_rescue and coalesce(rescues.rescued_at < dated.resolved_at, false)) then dated.resolved_at end
        as resolved_at
from dated
left join rescues on dated.patient_id = rescues.patient_id

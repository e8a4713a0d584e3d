-- Each assessment that says something of CRS with the start of the open episode it lies in, the last fever and the last
-- temperature that could not be read and may have been one. An episode opens with a fever and closes when clear assessments,
-- evaluable and free of fever, hypotension and hypoxia, of days that follow one another have lasted long enough; one that is
-- blank in part is silence. What cannot be read may have been clear: an episode that only it keeps open may be over (at best).
with components as (
    select
        patient_id, assessment_id, assessed_at, assessed_until, study_day, may_be_fever,
        case when not may_be_before_infusion then fever_grade end as fever_grade,
        is_support_charted and not is_day_assumed and fever_grade is not null
        and greatest(fever_grade, day_hypotension_grade, highest_hypoxia_grade) = 0 as is_clear,
        (is_unread or is_day_assumed) and not is_temperature_blank
        and greatest(fever_grade, day_hypotension_grade, hypoxia_grade) = 0 as may_be_clear,
        not (is_support_charted and highest_hypoxia_grade = 0 and fever_grade is not null)
        and not (is_unread or is_day_assumed or may_be_fever)
        and greatest(coalesce(fever_grade, 0), day_hypotension_grade, hypoxia_grade) = 0 as is_silent
    from {{ ref('int_toxicity__crs_components') }}
    where is_charted
    union all
    select
        patient_id, null as assessment_id, assessed_at, assessed_at as assessed_until, study_day, true as may_be_fever,
        null as fever_grade, false as is_clear, true as may_be_clear, false as is_silent
    from {{ ref('int_toxicity__set_aside') }}
    where toxicity = 'CRS' and highest_unread_grade is not null
),

judged as (
    select *, false as is_at_best, is_clear as is_free from components
    union all
    select components.*, true as is_at_best, coalesce(is_clear, false) or may_be_clear as is_free
    from components
    where components.patient_id in (
        select unread.patient_id from components as unread
        where unread.may_be_clear
    )
),

compared as (
    select
        *,
        is_silent or (lag(is_free) over earlier and study_day - lag(study_day) over earlier <= 1) as is_free_still
    from judged
    window earlier as (partition by patient_id, is_at_best, is_silent order by assessed_at, assessment_id)
),

run as (
    select
        *,
        sum(case when is_free_still then 0 else 1 end) over in_order as run_number
    from compared
    window in_order as (partition by patient_id, is_at_best order by assessed_at, assessment_id)
),

closed as (
    select
        *,
        is_free
        and {{ seconds_between('min(assessed_at) over (partition by patient_id, is_at_best, run_number)', 'assessed_at') }}
        >= {{ integer_var('crs_clear_hours') }} * 3600.0 as is_closing
    from run
),

stretches as (
    select
        *,
        coalesce(sum(case when is_closing then 1 else 0 end) over (
            partition by patient_id, is_at_best order by assessed_at, assessment_id
            rows between unbounded preceding and 1 preceding
        ), 0) as stretch
    from closed
)

select
    *,
    min(case when fever_grade > 0 then assessed_at end) over so_far as episode_started_at,
    max(case when fever_grade > 0 then assessed_at end) over so_far as last_fever_at,
    max(case when fever_grade > 0 then assessed_until end) over so_far as last_fever_until,
    min(case when may_be_fever then assessed_at end) over so_far as first_unreadable_at,
    max(case when may_be_fever then assessed_at end) over so_far as last_unreadable_at
from stretches
window so_far as (partition by patient_id, is_at_best, stretch order by assessed_at)

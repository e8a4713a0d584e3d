-- The ASTCT grade of CRS at each assessment, as a lower bound and whether it is complete. `grade` knows only what was known
-- by then; `day_grade` is what the assessment adds to its calendar day, for which overlapping vasopressors of the whole day
-- count (Lee 2019). Support counts where fever holds, whatever the hour of a date alone, or is waived, also if
-- what cannot be read had closed the episode. Where support was charted the grade is no higher than that, or than a fever.
{%- set holds = ' <= ' ~ integer_var('fever_holds_hours') ~ ' * 3600.0' %}
{%- set is_fever_held = "(episodes.last_fever_at = components.assessed_at or "
    ~ seconds_between('episodes.last_fever_at', 'components.assessed_until') ~ holds ~ ")" %}
with components as (
    select * from {{ ref('int_toxicity__crs_components') }}
),

episodes as (
    select * from {{ ref('int_toxicity__crs_episodes') }}
),

waivers as (
    select * from {{ ref('int_toxicity__fever_waivers') }}
),

fevers as (
    select max(grade) as grade from {{ ref('crs_component_grades') }}
    where component = 'fever'
),

placed as (
    select
        components.*,
        coalesce(episodes.is_silent, false) as is_blank,
        fevers.grade as highest_fever_grade,
        coalesce(episodes.episode_started_at, episodes.last_unreadable_at) is not null as may_be_in_episode,
        episodes.last_unreadable_at is not null
        and (
            episodes.episode_started_at is null
            or {{ seconds_between('episodes.last_unreadable_at', 'components.assessed_at') ~ holds }}
        )
        or coalesce({{ seconds_between('episodes.last_fever_until', 'components.assessed_at') ~ holds }}, false)
        or coalesce(waivers.may_be_waived_from <= components.assessed_at, false) as may_be_under_fever,
        coalesce({{ is_fever_held }} or at_best_waivers.waived_from <= components.assessed_at, false) as is_support_counted,
        coalesce(waivers.waived_from <= components.assessed_at and not {{ is_fever_held }}, false)
        and coalesce(at_best_waivers.waived_from > components.assessed_at, true) as is_episode_unclear
    from components
    cross join fevers
    left join episodes on components.assessment_id = episodes.assessment_id and not episodes.is_at_best
    left join episodes as at_best on components.assessment_id = at_best.assessment_id and at_best.is_at_best
    left join waivers on episodes.patient_id = waivers.patient_id and episodes.episode_started_at = waivers.episode_started_at
    left join waivers as at_best_waivers
        on
            components.patient_id = at_best_waivers.patient_id
            and case when at_best.is_at_best then at_best.episode_started_at else episodes.episode_started_at end
            = at_best_waivers.episode_started_at
)

select
    assessment_id, patient_id, assessed_at, study_day, 'CRS' as toxicity,
    is_charted,
    is_unread or (is_episode_unclear and greatest(day_hypotension_grade, hypoxia_grade) != 0) as is_unread,
    false as is_hidden,
    false as is_zero_shown,
    greatest(hypotension_grade, hypoxia_grade) != 0 and (is_support_counted or fever_grade is null) as is_zero_refuted,
    {% for prefix in ['', 'day_'] %}
        greatest(
            fever_grade,
            case when is_support_counted then greatest({{ prefix }}hypotension_grade, hypoxia_grade) else 0 end
        ) as {{ prefix }}bound,
        fever_grade is not null
        and (not may_be_in_episode or (is_support_charted and not is_{{ prefix }}assumed))
        and (not may_be_in_episode or greatest({{ prefix }}hypotension_grade, hypoxia_grade) >= highest_hypoxia_grade)
        and (is_support_counted or not may_be_under_fever or greatest({{ prefix }}hypotension_grade, hypoxia_grade) = 0)
            as is_{{ prefix }}complete,
        case
            when is_support_charted and not is_{{ prefix }}assumed
                then greatest({{ prefix }}hypotension_grade, highest_hypoxia_grade, coalesce(fever_grade, highest_fever_grade))
        end as highest_{{ prefix }}bound,
    {% endfor %}
    is_oxygen_left_out as is_left_out,
    is_blank
from placed

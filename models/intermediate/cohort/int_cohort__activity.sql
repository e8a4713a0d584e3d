-- Whether the index toxicity was active at the index time, by the evaluable assessments that end there. The last one speaks for
-- some hours, of which those under sedation are not counted; where the last ones without the toxicity span some hours, it has
-- ended. Of two at one time the worse comes last, and sedation after what could be graded. What was charted and cannot be read is
-- taken as nothing and as the toxicity: where that makes a difference, nobody knows. So is what was charted with its date alone
-- on the day of the index time. An index time with its date alone may be any moment of its day and is taken as each that matters.
with assessments as (
    select * from {{ ref('int_cohort__assessments') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

changes as (
    select patient_id, assessed_at as changes_at from assessments
),

moments as (
    {{ index_moments('changes', [
        '0',
        integer_var('hours_of_grade_at_index') ~ ' * 3600.0 + 1e-6',
        integer_var('hours_since_active') ~ ' * 3600.0 + 1e-6',
    ]) }}
),

readings as (
    select false as is_at_worst
    union all
    select true as is_at_worst
),

followed as (
    select
        assessments.*,
        moments.given_at,
        assessments.is_date_alone
        and {{ days_between('assessments.assessed_at', 'moments.given_at') }} = 0 as may_be_either_side,
        {{ seconds_between('assessments.assessed_at', 'moments.given_at') }} as seconds_before,
        coalesce(
            min(case when assessments.assessment_id is not null then assessments.assessed_at end) over coming,
            moments.given_at
        ) as next_at
    from moments
    inner join assessments
        on moments.patient_id = assessments.patient_id and moments.given_at >= assessments.assessed_at
    window
        coming as (
            partition by assessments.patient_id, moments.given_at
            order by assessments.assessed_at, assessments.is_sedated nulls last
            rows between 1 following and unbounded following
        )
),

clocked as (
    select
        *,
        seconds_before - coalesce(
            sum(
                case
                    when is_sedated
                        then least(
                            {{ seconds_between('assessed_at', 'next_at') }}, {{ integer_var('sedation_holds_hours') }} * 3600.0
                        )
                end
            ) over (
                partition by patient_id, given_at
                order by assessed_at, is_sedated nulls last
                rows between current row and unbounded following
            ), 0
        ) as awake_seconds_before
    from followed
),

ranked as (
    select
        clocked.patient_id,
        clocked.given_at,
        clocked.seconds_before,
        clocked.awake_seconds_before,
        readings.is_at_worst,
        clocked.is_present or (clocked.is_unread and readings.is_at_worst) as is_present,
        row_number() over (
            partition by clocked.patient_id, clocked.given_at, readings.is_at_worst
            order by clocked.assessed_at desc, clocked.grade desc
        ) as recency
    from clocked
    inner join readings
        on
            (clocked.is_evaluable or (clocked.is_unread and readings.is_at_worst))
            and (
                not clocked.may_be_either_side
                or readings.is_at_worst = (coalesce(clocked.is_present, false) or clocked.is_unread)
            )
),

compared as (
    select
        *,
        sum(case when is_present then 1 else 0 end) over (partition by patient_id, given_at, is_at_worst order by recency) = 0
            as is_after_present
    from ranked
),

judged as (
    select
        patient_id,
        given_at,
        is_at_worst,
        bool_or(is_present and seconds_before <= {{ integer_var('hours_of_grade_at_index') }} * 3600.0)
            as is_present_shortly_before,
        bool_or(seconds_before <= {{ integer_var('hours_of_grade_at_index') }} * 3600.0) as is_assessed_shortly_before,
        bool_or(
            recency = 1 and is_present and awake_seconds_before <= {{ integer_var('hours_since_active') }} * 3600.0
        ) as is_present_before,
        bool_or(recency = 1 and not is_present)
        and max(case when is_after_present then seconds_before end) - min(seconds_before)
        >= {{ integer_var('hours_between_grades_0') }} * 3600.0 as is_ended
    from compared
    group by patient_id, given_at, is_at_worst
),

decided as (
    select
        moments.patient_id,
        moments.given_at,
        readings.is_at_worst,
        case
            when judged.is_assessed_shortly_before then judged.is_present_shortly_before and not judged.is_ended
            else judged.is_present_before
        end as is_active
    from moments
    cross join readings
    left join judged
        on
            moments.patient_id = judged.patient_id
            and moments.given_at = judged.given_at
            and readings.is_at_worst = judged.is_at_worst
),

compared_readings as (
    select
        patient_id,
        bool_and(coalesce(is_active, false)) or bool_and(coalesce(not is_active, false)) as is_known,
        bool_and(is_active) as is_active
    from decided
    group by patient_id
)

select
    patient_id,
    is_known,
    case when is_known then is_active end as is_active
from compared_readings

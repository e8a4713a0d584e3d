-- Whether the index toxicity was active at the index time, by the evaluable assessments that end there. The last one speaks for
-- some hours, of which those under sedation are not counted; where the last ones without the toxicity span some hours, it has
-- ended. Of two at one time the worse comes last, and sedation after what could be graded. What was charted and cannot be read is
-- taken as nothing and as the toxicity: where that makes a difference, nobody knows. So is what may lie on either side of the
-- index time, where one of the two is charted with its date alone.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

assessments as (
    select * from {{ ref('int_cohort__assessments') }}
    where toxicity = {{ text_var('index_toxicity') }}
),

readings as (
    select false as is_at_worst
    union all
    select true as is_at_worst
),

followed as (
    select
        assessments.*,
        index_time.index_started_at,
        (assessments.is_date_alone or index_time.is_date_alone)
        and {{ days_between('assessments.assessed_at', 'index_time.index_started_at') }} = 0 as may_be_either_side,
        greatest({{ seconds_between('assessments.assessed_at', 'index_time.index_started_at') }}, 0.0) as seconds_before,
        coalesce(
            min(case when assessments.assessment_id is not null then assessments.assessed_at end) over coming,
            index_time.index_started_at
        ) as next_at
    from index_time
    inner join assessments
        on
            index_time.patient_id = assessments.patient_id
            and (
                index_time.index_started_at >= assessments.assessed_at
                or (index_time.is_date_alone and {{ days_between('index_time.index_started_at', 'assessments.assessed_at') }} = 0)
            )
    window
        coming as (
            partition by assessments.patient_id
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
                partition by patient_id
                order by assessed_at, is_sedated nulls last
                rows between current row and unbounded following
            ), 0
        ) as awake_seconds_before
    from followed
),

ranked as (
    select
        clocked.patient_id,
        clocked.seconds_before,
        clocked.awake_seconds_before,
        readings.is_at_worst,
        clocked.is_present or (clocked.is_unread and readings.is_at_worst) as is_present,
        row_number() over (
            partition by clocked.patient_id, readings.is_at_worst order by clocked.assessed_at desc, clocked.grade desc
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
        sum(case when is_present then 1 else 0 end) over (partition by patient_id, is_at_worst order by recency) = 0
            as is_after_present
    from ranked
),

judged as (
    select
        patient_id,
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
    group by patient_id, is_at_worst
),

decided as (
    select
        patient_id,
        case
            when is_assessed_shortly_before then is_present_shortly_before and not is_ended
            else is_present_before
        end as is_active,
        is_at_worst
    from judged
)

select
    index_time.patient_id,
    coalesce(as_read.is_active = at_worst.is_active, false) as is_known,
    case when as_read.is_active = at_worst.is_active then as_read.is_active end as is_active
from index_time
left join decided as as_read on index_time.patient_id = as_read.patient_id and not as_read.is_at_worst
left join decided as at_worst on index_time.patient_id = at_worst.patient_id and at_worst.is_at_worst

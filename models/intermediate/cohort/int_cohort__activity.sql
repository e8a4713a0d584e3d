-- Whether the index toxicity was active at the index time, by the evaluable assessments that end there. The last one speaks for
-- some hours, of which those under sedation are not counted; where the last ones without the toxicity span some hours, it has
-- ended. Of two at one time the worse comes last, and sedation after what could be graded.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

assessments as (
    select * from {{ ref('int_cohort__assessments') }}
    where toxicity = {{ text_var('index_toxicity') }} and assessment_id is not null
),

followed as (
    select
        assessments.*,
        index_time.index_started_at,
        {{ seconds_between('assessments.assessed_at', 'index_time.index_started_at') }} as seconds_before,
        coalesce(
            lead(assessments.assessed_at) over in_order, index_time.index_started_at
        ) as next_at
    from index_time
    inner join assessments
        on
            index_time.patient_id = assessments.patient_id
            and index_time.index_started_at >= assessments.assessed_at
    window in_order as (partition by assessments.patient_id order by assessments.assessed_at, assessments.is_sedated nulls last)
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
        *,
        row_number() over (partition by patient_id order by assessed_at desc, grade desc) as recency
    from clocked
    where is_evaluable
),

compared as (
    select
        *,
        sum(case when is_present then 1 else 0 end) over (partition by patient_id order by recency) = 0 as is_after_present
    from ranked
),

judged as (
    select
        patient_id,
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
    group by patient_id
)

select
    index_time.patient_id,
    judged.patient_id is not null as is_known,
    case
        when judged.is_assessed_shortly_before then judged.is_present_shortly_before and not judged.is_ended
        else judged.is_present_before
    end as is_active
from index_time
left join judged on index_time.patient_id = judged.patient_id

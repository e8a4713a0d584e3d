-- One grade per assessment and toxicity. Complete components decide; of incomplete ones the grade is the larger of the lower
-- bound and what the clinician recorded as ASTCT grade. `highest_grade` is the highest that it may be, of what nobody can
-- tell too; null where nothing was charted, or where a blank leaves it untold beside what could be graded that day.
-- `highest_unread_grade` is the same where it hangs on what was charted and cannot be read, a recorded grade below 1 among it. An
-- assessment that was set aside has neither grade nor id, and may have been the highest.
{%- set grading_models = ['int_toxicity__crs_grades', 'int_toxicity__icans_grades'] %}
{%- set when_not_attributable = choice_var('recorded_crs_0', {
    'computed': '',
    'not_attributable': "when toxicity = 'CRS' and astct_grade = 0 then 0",
}) %}
with toxicities as (
    select * from {{ ref('toxicities') }}
),

assessments as {{ inline() }} (
    select * from {{ ref('int_toxicity__assessments') }}
),

computed as (
    {% for grading_model in grading_models %}
        select
            toxicity, patient_id, assessment_id, assessed_at, study_day, is_charted, is_unread, is_hidden, is_zero_shown,
            is_zero_refuted, is_blank, bound, day_bound, highest_bound, highest_day_bound, is_complete, is_day_complete,
            is_left_out
        from {{ ref(grading_model) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

recorded as (
    {% for column in record_columns('toxicity_assessments') if modules.re.fullmatch('recorded_[a-z_]+_grade', column) %}
        select
            assessments.assessment_id, '{{ column }}' as recorded_column, assessments.{{ column }} as recorded_grade,
            {{ was_nulled(column, 'assessments') }} as is_unreadable
        from assessments
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

compared as (
    select
        computed.*,
        toxicities.onset_grade,
        toxicities.highest_computed_grade,
        coalesce(assessments.may_be_before_infusion, false) as may_be_before_infusion,
        recorded.recorded_grade,
        coalesce(recorded.is_unreadable, false) as is_recorded_unreadable,
        case when {{ is_astct_grade('computed.assessed_at') }} then recorded.recorded_grade end as astct_grade
    from computed
    inner join toxicities on computed.toxicity = toxicities.toxicity
    left join assessments on computed.assessment_id = assessments.assessment_id
    left join recorded
        on computed.assessment_id = recorded.assessment_id and toxicities.recorded_column = recorded.recorded_column
),

heard as (
    select
        *,
        case
            when is_hidden or (astct_grade < 1 and (astct_grade > 0 or is_zero_refuted)) then null
            else astct_grade
        end as heard_grade
    from compared
),

decided as (
    select
        *,
        {% for prefix in ['', 'day_'] %}
            case
                {{ when_not_attributable }}
                when is_{{ prefix }}complete then {{ prefix }}bound
                when greatest({{ prefix }}bound, heard_grade) > 0 or heard_grade = 0 or is_zero_shown
                    then greatest({{ prefix }}bound, floor(heard_grade))
            end as {{ prefix }}grade,
            case
                {{ when_not_attributable }}
                when is_{{ prefix }}complete then {{ prefix }}bound
                when floor(heard_grade) >= {{ prefix }}bound then ceil(heard_grade)
                when is_charted and not is_recorded_unreadable
                    then coalesce(highest_{{ prefix }}bound, highest_computed_grade)
                when recorded_grade is not null or is_recorded_unreadable then highest_computed_grade
            end as highest_{{ prefix }}grade,
        {% endfor %}
        is_blank and recorded_grade is null and not is_recorded_unreadable as is_nothing_told,
        is_zero_refuted and coalesce(astct_grade = 0, false) as is_recorded_0_with_support
    from heard
)

select
    toxicity,
    patient_id,
    assessment_id,
    assessed_at,
    study_day,
    case when is_complete then bound end as computed_grade,
    recorded_grade,
    astct_grade,
    bound,
    {%- for prefix in ['', 'day_'] %}
        cast(case when not may_be_before_infusion then {{ prefix }}grade end as integer) as {{ prefix }}grade,
        cast(case
            when day_grade is null and is_nothing_told and count(day_grade) over of_day > 0 then null
            when not may_be_before_infusion or coalesce(day_grade != 0, true) then highest_{{ prefix }}grade
        end as integer) as highest_{{ prefix }}grade,
    {%- endfor %}
    cast(case
        when
            is_unread
            or (is_recorded_unreadable and {{ is_astct_grade('assessed_at') }})
            or (astct_grade > 0 and astct_grade < 1 and not is_complete)
            or (may_be_before_infusion and day_grade >= onset_grade)
            then highest_day_grade
    end as integer) as highest_unread_grade,
    case when not may_be_before_infusion then grade >= onset_grade end as is_present,
    is_left_out,
    is_recorded_0_with_support,
    true as is_time_known
from decided
window of_day as (partition by patient_id, toxicity, study_day)
union all
select
    toxicity,
    patient_id,
    null as assessment_id,
    assessed_at,
    study_day,
    null as computed_grade,
    null as recorded_grade,
    null as astct_grade,
    null as bound,
    null as grade,
    highest_grade,
    null as day_grade,
    highest_grade as highest_day_grade,
    highest_unread_grade,
    null as is_present,
    null as is_left_out,
    null as is_recorded_0_with_support,
    is_time_known
from {{ ref('int_toxicity__set_aside') }}

-- The days of the treated patients: observed, carried to the day of infusion, or drawn between two that are.
create temp table unread as
select
    read_results.patient_id,
    read_results.analyte,
    read_results.collected_at,
    read_results.precedence
from read_results
semi join measured_result_reasons on read_results.unusable_reason = measured_result_reasons.reason
union all
select
    judged.patient_id,
    judged.analyte,
    judged.collected_at,
    status_texts.precedence
from judged
inner join specimen_texts on judged.specimen is not distinct from specimen_texts.raw_text
inner join status_texts on judged.status is not distinct from status_texts.raw_text
where
    judged.disposition = 'quarantined'
    and judged.analyte is not null
    and judged.result is not null
    and status_texts.is_usable
    and specimen_texts.is_blood is distinct from false;

create temp table counted_results as
with contested as (
    select
        patient_id,
        analyte,
        collected_at,
        max(precedence) as precedence
    from unread
    group by patient_id, analyte, collected_at
)

select
    lab_results.patient_id,
    lab_results.analyte,
    lab_results.result_id,
    lab_results.collected_at,
    lab_results.value,
    lab_results.censoring,
    treated_patients.infused_at,
    cast(lab_results.collected_at as date) - cast(treated_patients.infused_at as date) as study_day,
    (read_results.precedence < contested.precedence) is true as is_contested
from lab_results
inner join read_results on lab_results.result_id = read_results.result_id
inner join treated_patients on lab_results.patient_id = treated_patients.patient_id
inner join analytes on lab_results.analyte = analytes.analyte
left join contested
    on
        lab_results.patient_id = contested.patient_id
        and lab_results.analyte = contested.analyte
        and lab_results.collected_at = contested.collected_at
where
    lab_results.unusable_reason is null
    and lab_results.not_counted_reason is null
    and analytes.is_in_grid;

create temp table points as
with observed as (
    select
        patient_id,
        analyte,
        study_day,
        max(value) as value,
        count(*) as n_results,
        case when count(*) = 1 then min(result_id) else string_agg(result_id, '|' order by result_id) end as result_ids,
        bool_or(censoring = 'right') as is_right_censored,
        max(value) > coalesce(max(value) filter (where censoring != 'left'), -1) as is_left_censored,
        bool_or(is_contested) as is_estimated
    from counted_results
    where study_day between 0 and getvariable('last_study_day')
    group by patient_id, analyte, study_day
),

carried as (
    select
        patient_id,
        analyte,
        max_by(
            struct_pack(
                value := value, result_id := result_id, censoring := censoring, collected_at := collected_at,
                infused_at := infused_at, is_contested := is_contested
            ),
            (collected_at, value, censoring)
        ) as last_result
    from counted_results
    where
        study_day < 0
        and infused_at - to_hours(getvariable('day_zero_lookback_hours')) <= collected_at
    group by patient_id, analyte
),

passed_over as (
    select distinct
        carried.patient_id,
        carried.analyte
    from carried
    inner join unread
        on
            carried.patient_id = unread.patient_id
            and carried.analyte = unread.analyte
            and (
                unread.collected_at is null
                or (
                    carried.last_result['collected_at'] < unread.collected_at
                    and unread.collected_at < carried.last_result['infused_at']
                )
            )
),

pinned as (
    select
        patient_id, analyte, study_day, value, n_results, result_ids, is_right_censored, is_left_censored, 'observed' as origin,
        is_estimated
    from observed
    union all
    select
        carried.patient_id, carried.analyte, 0 as study_day, carried.last_result['value'] as value, 0 as n_results,
        carried.last_result['result_id'] as result_ids, carried.last_result['censoring'] = 'right' as is_right_censored,
        carried.last_result['censoring'] = 'left' as is_left_censored, 'carried' as origin,
        passed_over.patient_id is not null or carried.last_result['is_contested'] as is_estimated
    from carried
    left join passed_over on carried.patient_id = passed_over.patient_id and carried.analyte = passed_over.analyte
    anti join observed
        on carried.patient_id = observed.patient_id and carried.analyte = observed.analyte and observed.study_day = 0
    union all
    select
        treated_patients.patient_id, analytes.analyte, -1 as study_day, null as value, 0 as n_results, null as result_ids,
        false as is_right_censored, false as is_left_censored, 'missing' as origin, false as is_estimated
    from treated_patients
    cross join analytes
    where analytes.is_in_grid
)

select
    *,
    lead(study_day, 1, getvariable('last_study_day') + 1) over in_order as next_day,
    lead(value) over in_order as next_value,
    lead(is_right_censored) over in_order as is_next_right_censored,
    lead(is_left_censored) over in_order as is_next_left_censored,
    lead(is_estimated) over in_order as is_next_estimated
from pinned
window in_order as (partition by patient_id, analyte order by study_day);

create temp table unread_days as
with dated as (
    select
        unread.patient_id,
        unread.analyte,
        cast(unread.collected_at as date) - cast(treated_patients.infused_at as date) as study_day
    from unread
    inner join treated_patients on unread.patient_id = treated_patients.patient_id
)

select distinct
    patient_id,
    analyte,
    unnest(range(coalesce(study_day, 0), coalesce(study_day, getvariable('last_study_day')) + 1)) as study_day
from dated;

create table lab_daily_grid as
with days as (
    select
        *,
        unnest(range(greatest(study_day, 0), next_day)) as grid_day
    from points
),

placed as (
    select
        *,
        grid_day = study_day as is_point,
        grid_day > study_day
        and value is not null
        and next_value is not null
        and coalesce(next_day - study_day <= getvariable('max_gap_days'), true) as is_between
    from days
),

drawn as (
    select
        patient_id,
        analyte,
        cast(grid_day as integer) as study_day,
        case when is_point and origin = 'observed' then value end as observed_value,
        case
            when is_point then value
            when is_between then value + (next_value - value) * (grid_day - study_day) / (next_day - study_day)
        end as value,
        case when is_point then origin when is_between then 'interpolated' else 'missing' end as value_origin,
        case when is_point then n_results else 0 end as n_results,
        (is_point and is_right_censored) or (is_between and (is_right_censored or is_next_right_censored)) as is_right_censored,
        (is_point and is_left_censored) or (is_between and (is_left_censored or is_next_left_censored)) as is_left_censored,
        case when is_point then result_ids end as result_ids,
        (is_point and is_estimated) or (is_between and (is_estimated or is_next_estimated)) as is_estimated
    from placed
)

select
    drawn.patient_id,
    drawn.analyte,
    drawn.study_day,
    drawn.observed_value,
    drawn.value,
    drawn.value_origin,
    case
        when drawn.value is null or (drawn.is_right_censored and drawn.is_left_censored) then 'unknown'
        when drawn.is_estimated or (drawn.value_origin != 'observed' and unread_days.study_day is not null) then 'estimated'
        when drawn.is_right_censored then 'at_least'
        when drawn.is_left_censored then 'at_most'
        else 'exact'
    end as certainty,
    drawn.value_origin != 'observed' and unread_days.study_day is not null as is_unread,
    cast(drawn.n_results as integer) as n_results,
    drawn.is_right_censored,
    drawn.is_left_censored,
    drawn.result_ids
from drawn
left join unread_days
    on
        drawn.patient_id = unread_days.patient_id
        and drawn.analyte = unread_days.analyte
        and drawn.study_day = unread_days.study_day;

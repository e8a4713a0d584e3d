-- One value per treated patient, analyte and study day: the daily maximum. Any bound `>` makes it a lower bound, as the true
-- value may lie above all others; a bound `<` makes it an upper bound where it exceeds all others. Most days have one result or
-- two, whose ids need no list.
with results as (
    select * from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null
),

analytes as (
    select * from {{ ref('analytes') }}
    where is_in_grid
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

dated as (
    select
        results.*,
        {{ days_between('treated.infused_at', 'results.collected_at') }} as study_day
    from results
    inner join analytes on results.analyte = analytes.analyte
    inner join treated on results.patient_id = treated.patient_id
),

counted as (
    select
        patient_id,
        analyte,
        study_day,
        count(*) as n_results,
        min(result_id) as first_id,
        max(result_id) as last_id,
        max(value) as value,
        bool_or(censoring = 'right') as is_right_censored,
        max(value) > coalesce(max(case when censoring != 'left' then value end), -1) as is_left_censored
    from dated
    where study_day between 0 and {{ integer_var('last_study_day') }}
    group by patient_id, analyte, study_day
),

several as (
    select
        dated.patient_id,
        dated.analyte,
        dated.study_day,
        {{ joined_texts('dated.result_id') }} as result_ids
    from dated
    inner join counted
        on dated.patient_id = counted.patient_id and dated.analyte = counted.analyte and dated.study_day = counted.study_day
    where counted.n_results > 2
    group by dated.patient_id, dated.analyte, dated.study_day
)

select
    counted.patient_id,
    counted.analyte,
    counted.study_day,
    counted.n_results,
    case counted.n_results
        when 1 then counted.first_id
        when 2 then counted.first_id || '|' || counted.last_id
        else several.result_ids
    end as result_ids,
    counted.value,
    counted.is_right_censored,
    counted.is_left_censored
from counted
left join several
    on
        counted.patient_id = several.patient_id
        and counted.analyte = several.analyte
        and counted.study_day = several.study_day

-- One value per treated patient, analyte and study day: the daily maximum. Any bound `>` makes it a lower bound, as the true
-- value may lie above all others; a bound `<` makes it an upper bound where it exceeds all others.
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
)

select
    patient_id,
    analyte,
    study_day,
    count(*) as n_results,
    {{ joined_texts('result_id') }} as result_ids,
    max(value) as value,
    bool_or(censoring = 'right') as is_right_censored,
    max(value) > coalesce(max(case when censoring != 'left' then value end), -1) as is_left_censored,
    bool_or(is_contested) as is_estimated
from dated
where study_day between 0 and {{ integer_var('last_study_day') }}
group by patient_id, analyte, study_day

-- Which laboratory results of each patient are used, for what, and why are the others not?
-- depends_on: {{ ref('lab_results') }}
-- depends_on: {{ ref('lab_baseline') }}
-- depends_on: {{ ref('lab_daily_grid') }}
-- depends_on: {{ ref('treated_patients') }}
with grid as (
    select
        patient_id,
        analyte,
        study_day,
        value_origin,
        observed_value,
        unnest(string_split(result_ids, '|')) as result_id
    from marts.lab_daily_grid
    where result_ids is not null
),

uses as (
    select
        result_id,
        'baseline' as used_for
    from marts.lab_baseline
    where result_id is not null
    union all
    select
        grid.result_id,
        case
            when grid.value_origin = 'carried' then 'day 0, carried'
            when results.value = grid.observed_value then 'day ' || grid.study_day
            else 'day ' || grid.study_day || ', below its highest'
        end as used_for
    from grid
    inner join marts.lab_results as results on grid.result_id = results.result_id
),

used as (
    select
        result_id,
        string_agg(used_for, '; ' order by used_for) as used_for
    from uses
    group by result_id
)

select
    results.patient_id,
    results.analyte,
    results.collected_at,
    date_diff('day', cast(treated.infused_at as date), cast(results.collected_at as date)) as study_day,
    results.raw_result,
    results.raw_unit,
    results.value,
    results.unit,
    results.censoring,
    used.used_for,
    case
        when used.used_for is null
            then coalesce(results.unusable_reason, results.not_counted_reason, 'neither the baseline nor a day of the curve')
    end as not_used_because,
    results.result_id,
    results.source_file,
    results.line_number
from marts.lab_results as results
left join marts.treated_patients as treated on results.patient_id = treated.patient_id
left join used on results.result_id = used.result_id
order by results.patient_id, results.analyte, results.collected_at, results.result_id

-- What of lymphodepletion and laboratory results a clinician should look at, with the records that show it.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

results as (
    select * from {{ ref('int_labs__repeats') }}
    where not_counted_reason is null
),

units_apart as (
    select * from {{ ref('int_labs__units_apart') }}
),

plausibility as (
    select * from {{ ref('plausibility') }}
)

select
    treated.patient_id,
    'unusual_lymphodepletion_start' as reason,
    'infusions' as entity,
    treated.infusion_id as record_id
from treated
inner join plausibility on plausibility.quantity = 'lymphodepletion_to_infusion'
where
    {{ days_between('treated.lymphodepletion_started_at', 'treated.infused_at') }}
    not between plausibility.warn_low and plausibility.warn_high
union all
select
    treated.patient_id,
    'extreme_' || results.analyte as reason,
    'lab_results' as entity,
    results.result_id as record_id
from treated
inner join results on treated.patient_id = results.patient_id
inner join plausibility on results.analyte = plausibility.quantity
where results.value > plausibility.review_above
union all
{%- for result in ['result_id', 'other_result_id'] %}
select
    treated.patient_id,
    'results_a_unit_apart' as reason,
    'lab_results' as entity,
    units_apart.{{ result }} as record_id
from treated
inner join units_apart on treated.patient_id = units_apart.patient_id
{{ 'union all' if not loop.last }}
{%- endfor %}

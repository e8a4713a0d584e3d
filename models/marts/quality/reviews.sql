-- One wrong row never stops a study: what is odd stands here, with the records behind it. Each room gives what it found.
{%- set rooms = ['toxicity', 'exposure', 'labs', 'cohort', 'disease'] %}
with findings as (
    {% for room in rooms %}
        select patient_id, reason, entity, record_id from {{ ref('int_' ~ room ~ '__review_findings') }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    patient_id,
    reason,
    cast(count(distinct concat_ws(' ', entity, record_id)) as bigint) as n_records,
    {{ joined_texts("concat_ws(' ', entity, record_id)") }} as records
from findings
group by patient_id, reason

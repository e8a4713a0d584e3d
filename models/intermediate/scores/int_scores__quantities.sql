-- What the points scores are made of: the least and the greatest number that each observed quantity can stand for. They differ
-- where the laboratory gave a bound. The LDH is measured in that laboratory's own upper limits of normal.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

baseline as (
    select
        *,
        {{ least_value('value', 'comparator') }} as least,
        {{ greatest_value('value', 'comparator') }} as greatest
    from {{ ref('int_labs__baseline') }}
),

clinical as (
    {% for component, quantity in [
        ('age', 'age_years'), ('stage', 'ann_arbor_stage'), ('ecog', 'ecog'), ('extranodal_sites', 'extranodal_sites')
    ] %}
        select patient_id, '{{ component }}' as component, cast({{ quantity }} as double) as quantity from treated
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    patient_id,
    component,
    quantity as least,
    quantity as greatest
from clinical
union all
select
    patient_id,
    analyte as component,
    least,
    greatest
from baseline
union all
select
    patient_id,
    'ldh_ratio' as component,
    least / reference_high as least,
    greatest / reference_high as greatest
from baseline
where analyte = 'ldh'

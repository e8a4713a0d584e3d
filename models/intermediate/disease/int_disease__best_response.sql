-- The best response from day 1 until progression or new therapy; NE where nothing was assessed by then.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

vital_status as (
    select * from {{ ref('int_treated__vital_status') }}
),

categories as (
    select * from {{ ref('int_disease__responses') }}
),

since_infusion as (
    select
        treated.patient_id,
        categories.assessed_on,
        categories.response,
        vital_status.new_therapy_on,
        least(
            vital_status.progressed_on,
            min(case when categories.response = 'PD' then categories.assessed_on end) over (partition by treated.patient_id)
        ) as progressed_on
    from treated
    left join vital_status on treated.patient_id = vital_status.patient_id
    left join categories
        on
            treated.patient_id = categories.patient_id
            and {{ days_between('treated.infused_at', 'categories.assessed_on') }} >= 1
),

ranked as (
    select
        patient_id,
        max(case
            when new_therapy_on < assessed_on then 0
            when response = 'PD' then 1
            when progressed_on < assessed_on then 0
            when response = 'SD' then 2
            when response = 'PR' then 3
            when response = 'CR' then 4
            else 0
        end) as best_rank
    from since_infusion
    group by patient_id
)

select
    patient_id,
    case best_rank when 4 then 'CR' when 3 then 'PR' when 2 then 'SD' when 1 then 'PD' else 'NE' end as best_response
from ranked

-- A running infusion charted again with the same dose and the same end is the same infusion, whose rate was changed. What starts
-- hours after the last charting is a dose of its own, whose end is that of the order.
with infusions as (
    select
        administration_id,
        started_at,
        lag(started_at) over (
            partition by patient_id, ingredient, order_route, single_dose_mg, runs_until
            order by started_at, administration_id
        ) as last_started_at
    from {{ ref('int_exposure__glucocorticoids') }}
    where
        status = 'given'
        and is_infusion
        and not is_rate
        and runs_until > started_at
        and single_dose_mg is not null
)

select administration_id
from infusions
where
    started_at > last_started_at
    and {{ seconds_between('last_started_at', 'started_at') }} < {{ integer_var('infusion_charted_again_hours') }} * 3600

-- A running infusion charted again with the same dose and the same end is the same infusion, whose rate was changed.
with infusions as (
    select
        *,
        min(started_at) over (
            partition by patient_id, ingredient, order_route, single_dose_mg, runs_until
        ) as infusion_started_at
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
where started_at > infusion_started_at

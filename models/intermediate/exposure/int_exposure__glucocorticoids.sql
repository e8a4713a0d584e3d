-- Every administration or order of a glucocorticoid with its dose in milligrams and how long it lasts: an order without an end,
-- unless it is for once, as long as it could be heard of in what was charted.
with read_doses as (
    select * from {{ ref('int_exposure__read_doses') }}
),

ends as (
    select * from {{ ref('int_exposure__ends') }}
),

rates as (
    select * from {{ ref('int_exposure__rates') }}
),

equivalence as (
    select
        *,
        {{ dexamethasone_factor() }} as dexamethasone_factor
    from {{ ref('glucocorticoid_equivalence') }}
),

timed as (
    select
        read_doses.*,
        coalesce(rates.runs_until, ends.ends_at) as runs_until,
        ends.may_last_until,
        coalesce(ends.is_longer_than_a_day, false) as is_longer_than_a_day,
        coalesce(rates.is_end_estimated, false) as is_end_estimated,
        rates.n_rates_at_once,
        read_doses.per_hours is not null as is_rate,
        equivalence.dexamethasone_factor,
        equivalence.factor_080,
        equivalence.factor_100
    from read_doses
    left join ends on read_doses.administration_id = ends.administration_id
    left join rates on read_doses.administration_id = rates.administration_id
    left join equivalence on read_doses.ingredient = equivalence.ingredient
),

measured as (
    select
        *,
        case
            when not is_rate then charted_mg
            else charted_mg * {{ seconds_between('started_at', 'runs_until') }} / 3600 / per_hours
        end as single_dose_mg,
        coalesce(
            runs_until,
            may_last_until,
            case
                when status = 'ordered' and ended_at is null and coalesce(doses_per_day, 1) > 0
                    then {{ seconds_after('started_at', '3600 * ' ~ integer_var('order_reach_hours')) }}
            end,
            started_at
        ) as lasts_until,
        case
            when status = 'ordered' and doses_per_day > 0 and ended_at > started_at
                then cast(ceil({{ seconds_between('started_at', 'ended_at') }} * doses_per_day / 86400.0) as integer)
            else 1
        end as n_doses,
        order_route = 'intravenous'
        and (status = 'given' or is_rate or (route = 'intravenous infusion' and coalesce(doses_per_day, 0) = 0)) as is_infusion
    from timed
)

select
    *,
    case
        when dose_text_fault is not null then dose_text_fault
        when charted_mg = 0 then null
        when is_rate and not is_infusion then 'rate_without_infusion'
        when is_rate and status = 'ordered' and doses_per_day > 0 then 'rate_with_frequency'
        when n_rates_at_once > 1 then 'several_rates_at_once'
        when
            {{ within_plausible(
                'single_dose_mg * coalesce(dexamethasone_factor, 0)', 'dexamethasone_equivalent_administration'
            ) }} is null
            then 'implausible_dose'
    end as unresolved_reason
from measured

-- What the quantity of an exposure counts. Beside a unit of mass it is a dose; else it counts pieces, or milliliters where the
-- unit says so, which are worth what the strength of the drug says. A quantity of 0 was never filled in where there are no days
-- of supply, and in a prescription or a supply, which is of something. There the quantity is the whole, to be taken over the
-- days of supply; a unit of mass beside it may name the strength of the pieces, so that where the drug comes in pieces of a
-- mass the two cannot be told apart. Without days of supply pieces and milliliters are the whole too: how often it is taken in
-- part, a signature does not tell. A supply for more days than the plausible years have is none, and no time is as far away.
{%- set plausible_days = 366 * (integer_var('plausible_years', 1) | int - integer_var('plausible_years', 0) | int) %}
with exposures as (
    select * from {{ ref('int_omop__drug_exposures') }}
),

strengths as (
    select * from {{ ref('int_omop__strengths') }}
),

dose_units as (
    {{ dose_unit_keys() }}
),

measured as (
    select
        exposures.drug_exposure_id,
        exposures.source_file,
        exposures.line_number,
        exposures.status,
        exposures.started_at,
        exposures.quantity,
        {{ parsed_number('exposures.quantity') }} as amount,
        {{ parsed_number('exposures.days_supply') }} as days_supply,
        exposures.dose_unit_source_value as unit_text,
        dose_units.quantity as unit_kind,
        dose_units.per_hours is not null as is_rate,
        strengths.strength,
        strengths.is_per_piece
    from exposures
    left join strengths on exposures.drug_concept_id = strengths.drug_concept_id
    left join dose_units on {{ word_key(folded('exposures.dose_unit_source_value')) }} = dose_units.unit_key
),

counted as (
    select
        *,
        coalesce(
            status = 'ordered' and days_supply > 0 and days_supply <= {{ plausible_days }} and amount > 0, false
        ) as is_spread,
        amount = 0 and (coalesce(days_supply, 0) = 0 or status = 'ordered') as is_never_filled_in
    from measured
)

select
    source_file,
    line_number,
    case
        when is_never_filled_in then null
        when is_spread then cast(amount / days_supply as string)
        else quantity
    end as dose,
    case
        when quantity is null then null
        when unit_text is null then 'each'
        when status = 'ordered' and unit_kind = 'mass' and is_per_piece then unit_text || ' or pieces'
        else unit_text
    end as dose_unit,
    strength,
    is_spread,
    is_rate,
    status = 'ordered' and not is_spread and quantity is not null and coalesce(unit_kind, 'product') in ('product', 'volume')
        as is_whole,
    case when is_spread then {{ seconds_after(parsed_time('started_at'), 'days_supply * 86400') }} end as supply_ends_at
from counted

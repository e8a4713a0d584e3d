-- The dose of every glucocorticoid row as its texts state it: milligrams, or milligrams per hours for a rate.
with administrations as (
    select * from {{ accepted('medication_administrations') }}
    where drug_class = 'glucocorticoid'
),

dose_units as (
    select * from {{ ref('int_terminology__dose_units') }}
),

strengths as (
    select * from {{ ref('int_exposure__strengths') }}
),

split as (
    select
        *,
        {{ folded('dose') }} as dose_text,
        {{ charted_number(dose_number(folded('dose')), 'medication_administrations') }} as amount,
        {{ has_ambiguous_comma(dose_number(folded('dose')), 'medication_administrations') }} as has_ambiguous_comma,
        {{ dose_unit_in_text(folded('dose')) }} as unit_in_dose,
        {{ folded('dose_unit') }} as unit_beside
    from administrations
),

joined as (
    select
        split.*,
        coalesce(split.unit_in_dose, split.unit_beside) as unit_text,
        units.quantity,
        units.milligrams as unit_milligrams,
        units.milliliters as unit_milliliters,
        units.per_hours,
        split.unit_beside is not null
        and (
            units.quantity is distinct from units_beside.quantity
            or units.milligrams is distinct from units_beside.milligrams
            or units.milliliters is distinct from units_beside.milliliters
            or units.per_hours is distinct from units_beside.per_hours
        ) as has_conflicting_units,
        coalesce(products.milligrams_per_milliliter, medications.milligrams_per_milliliter) as milligrams_per_milliliter,
        coalesce(products.milligrams_per_product, medications.milligrams_per_product) as milligrams_per_product,
        products.is_ambiguous or medications.is_ambiguous
        or products.milligrams_per_milliliter != medications.milligrams_per_milliliter
        or products.milligrams_per_product != medications.milligrams_per_product
            as has_conflicting_strengths
    from split
    left join dose_units as units on {{ word_key('coalesce(split.unit_in_dose, split.unit_beside)') }} = units.unit_key
    left join dose_units as units_beside on {{ word_key('split.unit_beside') }} = units_beside.unit_key
    left join strengths as products on {{ folded('split.product_strength') }} = products.strength_text
    left join strengths as medications on {{ folded('split.medication') }} = medications.strength_text
),

weighed as (
    select
        *,
        amount * case quantity
            when 'mass' then unit_milligrams
            when 'volume' then unit_milliliters * milligrams_per_milliliter
            when 'product' then milligrams_per_product
        end as charted_mg
    from joined
)

select
    *,
    {{ dose_text_fault() }} as dose_text_fault
from weighed

-- The dose of every glucocorticoid row as its texts state it, and what of it cannot be read.
with administrations as (
    select * from {{ accepted('medication_administrations') }}
    where drug_class = 'glucocorticoid'
),

read_texts as (
    select * from {{ ref('int_exposure__dose_texts') }}
),

strengths as (
    select * from {{ ref('int_exposure__strengths') }}
),

joined as (
    select
        administrations.*,
        read_texts.dose_text, read_texts.amount, read_texts.has_doubt, read_texts.has_ambiguous_comma, read_texts.unit_in_dose,
        read_texts.unit_beside, read_texts.unit_text, read_texts.quantity, read_texts.unit_milligrams,
        read_texts.unit_milliliters, read_texts.per_hours, read_texts.has_conflicting_units,
        coalesce(products.milligrams_per_milliliter, medications.milligrams_per_milliliter) as milligrams_per_milliliter,
        coalesce(products.milligrams_per_product, medications.milligrams_per_product) as milligrams_per_product,
        products.is_ambiguous or medications.is_ambiguous
        or products.milligrams_per_milliliter != medications.milligrams_per_milliliter
        or products.milligrams_per_product != medications.milligrams_per_product
            as has_conflicting_strengths
    from administrations
    inner join read_texts
        on
            administrations.dose is not distinct from read_texts.dose
            and administrations.dose_unit is not distinct from read_texts.dose_unit
    left join strengths as products on {{ folded('administrations.product_strength') }} = products.strength_text
    left join strengths as medications on {{ folded('administrations.medication') }} = medications.strength_text
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
    coalesce(charted_mg = 0 or is_zero_dose, false)
    or status = 'ordered' and coalesce({{ matches('frequency', "'^0( ?- ?0){2,3}$'") }}, false) as is_zero,
    {{ dose_text_fault() }} as dose_text_fault
from weighed

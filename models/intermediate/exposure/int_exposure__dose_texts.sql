-- The dose and unit of every glucocorticoid row as they are written, each pair of texts read once: milligrams, or milligrams per
-- hours for a rate. A unit in the text of the dose stands above the one beside it. A doubted
-- number is none.
with dose_units as (
    select * from {{ ref('int_terminology__dose_units') }}
),

texts as (
    select distinct
        dose,
        dose_unit
    from {{ accepted('medication_administrations') }}
    where drug_class = 'glucocorticoid'
),

split as (
    select
        *,
        {{ folded('dose') }} as dose_text,
        {{ has_doubt(folded('dose')) }} or {{ has_doubt(folded('dose_unit')) }} as has_doubt,
        {{ charted_number(dose_number(folded('dose')), 'medication_administrations') }} as amount_read,
        {{ has_ambiguous_comma(dose_number(folded('dose')), 'medication_administrations') }} as has_ambiguous_comma,
        {{ dose_unit_in_text(folded('dose')) }} as unit_in_dose,
        {{ folded('dose_unit') }} as unit_beside
    from texts
)

select
    split.*,
    case when not split.has_doubt then split.amount_read end as amount,
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
    ) as has_conflicting_units
from split
left join dose_units as units on {{ word_key('coalesce(split.unit_in_dose, split.unit_beside)') }} = units.unit_key
left join dose_units as units_beside on {{ word_key('split.unit_beside') }} = units_beside.unit_key

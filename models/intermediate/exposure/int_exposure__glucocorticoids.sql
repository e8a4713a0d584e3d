-- Every administration or order of a glucocorticoid with its dose in milligrams.
with administrations as (
    select * from {{ ref('int_medication_administrations__accepted') }}
    where drug_class = 'glucocorticoid'
),

dose_units as (
    select * from {{ ref('dose_units') }}
),

equivalence as (
    select
        ingredient,
        {{ dexamethasone_factor() }} as dexamethasone_factor
    from {{ ref('glucocorticoid_equivalence') }}
),

split as (
    select
        *,
        {{ extracted(folded('dose'), "'^([+]?[\\d.,]+)\\s*[a-zµ]*$'") }} as amount_text,
        coalesce({{ extracted(folded('dose'), "'^[+]?[\\d.,]+\\s*([a-zµ]+)$'") }}, {{ folded('dose_unit') }}) as unit_text
    from administrations
),

measured as (
    select
        split.*,
        {{ parsed_number(without_thousands_separators('split.amount_text')) }} * dose_units.milligrams as single_dose_mg,
        equivalence.dexamethasone_factor,
        dose_units.milligrams is null as is_unit_unknown
    from split
    left join dose_units on split.unit_text = dose_units.name
    left join equivalence on split.ingredient = equivalence.ingredient
)

select
    *,
    case
        when dose is null then 'missing_dose'
        when {{ parsed_number(without_thousands_separators('amount_text')) }} is null then 'unreadable_dose'
        when unit_text is null then 'missing_dose_unit'
        when is_unit_unknown then 'dose_unit_not_a_mass'
        when {{ within_plausible('single_dose_mg * dexamethasone_factor', 'dexamethasone_equivalent_administration') }} is null
            then 'implausible_dose'
    end as unresolved_reason
from measured

{%- set kind = 'medication_administrations' -%}
-- What one milliliter and one piece of a product hold. A text with two masses, of a dose pack, or of a vial and the bag that it
-- went into is ambiguous. A bag tells its mass in its volume: `1,000 mg in NaCl 0.9 % 100 mL`.
with administrations as (
    select * from {{ accepted('medication_administrations') }}
    where drug_class = 'glucocorticoid'
),

dose_units as (
    select * from {{ ref('int_terminology__dose_units') }}
),

texts as (
    select {{ folded('product_strength') }} as strength_text from administrations
    union
    select {{ folded('medication') }} as strength_text from administrations
),

found as (
    select
        strength_text,
        {{ charted_number(extracted('strength_text', "'" ~ mass_pattern('number') ~ "(?:[^a-z]|$)'"), kind) }} as mass,
        {{ extracted('strength_text', "'" ~ mass_pattern('unit') ~ "(?:[^a-z]|$)'") }} as mass_unit,
        {{ matches('strength_text', "'" ~ mass_pattern() ~ "\\s*/'") }} as is_per_something,
        {{ matches('strength_text', "'" ~ mass_pattern() ~ "\\s*/[\\d., ]*ml(?:[^a-z]|$)'") }} as is_per_volume,
        {{ extracted('strength_text', "'" ~ mass_pattern() ~ "\\s*/\\s*" ~ volume_pattern() ~ "'") }} as per_volume_text,
        {{ extracted('strength_text', "'" ~ mass_pattern() ~ "\\s+in\\s.*?" ~ volume_pattern() ~ "'") }} as bag_volume_text,
        {{ extracted('strength_text', "'" ~ mass_pattern() ~ "\\s*/[\\d., ]*ml[^a-z\\d][^\\d.]*" ~ volume_pattern() ~ "'") }}
            as product_volume_text,
        {{ is_ambiguous_strength('strength_text') }}
        or {{ matches('strength_text', "'" ~ vial_and_bag_pattern() ~ "'") }} as is_ambiguous
    from texts
),

weighed as (
    select
        found.*,
        found.mass * dose_units.milligrams as milligrams,
        case
            when coalesce(found.per_volume_text, found.bag_volume_text) is null then 1
            else nullif({{ charted_number('coalesce(found.per_volume_text, found.bag_volume_text)', kind) }}, 0)
        end as per_milliliters,
        {{ charted_number('found.product_volume_text', kind) }} as product_milliliters
    from found
    inner join dose_units on {{ word_key('found.mass_unit') }} = dose_units.unit_key
)

select
    strength_text,
    is_ambiguous,
    case when is_per_volume or bag_volume_text is not null then milligrams / per_milliliters end as milligrams_per_milliliter,
    case
        when not is_per_something then milligrams
        when product_volume_text is not null then milligrams / per_milliliters * product_milliliters
        when per_volume_text is not null then milligrams
    end as milligrams_per_product
from weighed

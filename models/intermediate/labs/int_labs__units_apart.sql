-- A result that another unit would turn into the other result of its day. Ratios are compared to a billionth, so that one of
-- exactly 2 % is within 2 %.
with paired as (
    select * from {{ ref('int_labs__paired') }}
),

lab_units as (
    select * from {{ ref('lab_units') }}
)

select
    paired.patient_id,
    paired.analyte,
    paired.result_id,
    paired.other_result_id,
    {{ joined_texts('lab_units.name') }} as implied_units
from paired
inner join lab_units
    on
        paired.analyte = lab_units.analyte
        and paired.factor != lab_units.factor
        and {{ rounded('abs(paired.ratio * paired.factor / lab_units.factor - 1) * 100', 9) }}
        <= paired.percent_allowed
group by paired.patient_id, paired.analyte, paired.result_id, paired.other_result_id

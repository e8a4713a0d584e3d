with charted as (
    select
        analyte,
        unit_name,
        count(*) as n_records,
        count(distinct patient_id) as n_patients
    from {{ ref('int_labs__read') }}
    group by analyte, unit_name
),

analytes as (
    select * from {{ ref('analytes') }}
),

lab_units as (
    select * from {{ ref('lab_units') }}
)

select
    'lab_results' as entity,
    'unit' as column_name,
    'analyte' as vocabulary,
    charted.analyte as code,
    charted.unit_name as source_text,
    case when lab_units.factor is not null then analytes.canonical_unit end as mapped_to,
    cast(null as string) as not_mapped_because,
    charted.n_records,
    charted.n_patients
from charted
inner join analytes on charted.analyte = analytes.analyte
left join lab_units on charted.analyte = lab_units.analyte and charted.unit_name = lab_units.name

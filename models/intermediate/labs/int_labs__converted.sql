-- Rounded to a millionth of the unit, so that one quantity in two units ties with itself (102 g/L is 10.2 g/dL). What only
-- warnings ask for stays where it was read.
with results as (
    select * from {{ ref('int_labs__read') }}
),

analytes as (
    select * from {{ ref('analytes') }}
),

lab_units as (
    select * from {{ ref('lab_units') }}
),

sentinels as (
    select * from {{ ref('result_sentinels') }}
)

select
    results.result_id, results.patient_id, results.analyte, results.specimen, results.is_blood,
    results.collected_at, results.resulted_at, results.is_usable_status, results.status_precedence,
    results.result, results.unit, results.source_file, results.line_number,
    results.comparator, results.censoring, results.number_text, results.number_read, results.is_range, results.is_not_performed,
    results.unit_name, results.has_two_units, results.is_hemolysed, results.has_interference,
    analytes.canonical_unit,
    analytes.is_hemolysis_sensitive,
    lab_units.factor,
    {{ rounded('results.number_read * lab_units.factor', 6) }} as converted_value,
    case
        when results.reference_high_read > 0
            then {{ rounded(
                'results.reference_high_read * case when results.limit_unit is null then lab_units.factor else limit_units.factor end',
                6
            ) }}
    end as converted_reference_high,
    case when results.number_read < lab_units.review_below then lab_units.review_reason end as review_reason,
    sentinels.analyte is not null as is_sentinel
from results
inner join analytes on results.analyte = analytes.analyte
left join lab_units on results.analyte = lab_units.analyte and results.unit_name = lab_units.name
left join lab_units as limit_units
    on results.analyte = limit_units.analyte and results.limit_unit = limit_units.name
left join sentinels
    on
        results.analyte = sentinels.analyte
        and results.number_read = sentinels.number
        and results.comparator = '='

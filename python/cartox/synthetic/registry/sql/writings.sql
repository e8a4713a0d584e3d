-- The ways in which a laboratory writes a result of an analyte: its code or name, its specimen and its unit.
create table writings as

with namings as (
    select
        analyte,
        unnest([
            {'code_system': 'LOINC', 'code': loinc, 'has_name': true},
            {'code_system': 'LOINC', 'code': loinc, 'has_name': false},
            {'code_system': 'local', 'code': local_code, 'has_name': true},
            {'code_system': '', 'code': '', 'has_name': true}
        ]) as naming
    from analytes
),

named as (
    select
        *,
        unnest(names) as test_name
    from analytes
),

of_specimens as (
    select
        *,
        unnest(specimens) as specimen
    from named
),

in_units as (
    select
        *,
        unnest(units) as unit
    from of_specimens
)

select
    in_units.analyte,
    row_number() over (
        partition by in_units.analyte
        order by naming.code_system, naming.has_name, in_units.test_name, in_units.specimen, in_units.unit.name
    ) - 1 as writing,
    naming.code_system,
    naming.code,
    case when naming.has_name then in_units.test_name else '' end as test_name,
    in_units.specimen,
    in_units.unit.name as unit,
    in_units.unit.factor,
    in_units.unit.decimals,
    in_units.lower_limit / in_units.unit.factor as lower_limit,
    in_units.upper_limit / in_units.unit.factor as upper_limit,
    printf('%.2g', in_units.lower_limit / in_units.unit.factor) as lower_text,
    cast(cast(round(in_units.upper_limit / in_units.unit.factor) as bigint) as varchar) as upper_text,
    printf('%.4g', in_units.reference_high / in_units.unit.factor) as reference_high
from in_units
inner join namings on in_units.analyte = namings.analyte

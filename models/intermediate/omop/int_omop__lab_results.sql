-- A number is read from value_as_number, with the comparison of the operator's concept or, where there is none, of the source
-- text; the source text stands in the comment, where remarks on the specimen are looked for. A source text that states a bound
-- beside another number is the result: the number was made up for it. A unit's concept, its source text and the unit behind
-- the same number in the source text are told as all where they differ, which is none. A row of which an id cannot be read is
-- handed on with that reason, so that it is set aside as its person's.
with read as (
    select
        *,
        {{ extracted('source_text', "'^([<>]=?)'") }} as source_sign,
        try_cast({{ without_thousands_separators(extracted('source_text', result_number_pattern())) }} as double)
            as source_number,
        {{ unit_text(extracted('source_text', result_number_pattern(), 2)) }} as written_unit
    from {{ ref('int_omop__measured') }}
),

lab_units as (
    select * from {{ ref('lab_units') }}
)

select
    coalesce(cast(read.measurement_id as string), read.unreadable_cell) as result_id,
    {{ omop_patient('read').replace('patient_ids.', 'read.') }} as patient_id,
    read.code_system,
    read.code,
    read.test_name,
    read.specimen,
    {{ measured_at('read') }} as collected_at,
    case
        when read.value_as_number is null then coalesce(read.value_source_value, read.answer)
        when read.operator is null and read.source_sign is not null and read.source_number != read.number_read
            then read.value_source_value
        else coalesce(read.operator, read.source_sign, '') || read.value_as_number
    end as result,
    case
        when of_concept.factor != of_source.factor
            then read.unit_of_concept || ' or ' || read.unit_source_value
        when coalesce(of_concept.factor, of_source.factor) != written.factor
            then coalesce(read.unit_of_concept, read.unit_source_value) || ' or ' || read.written_unit
        when of_concept.factor is null and of_source.factor is not null then read.unit_source_value
        else coalesce(
            read.unit_of_concept, read.unit_source_value, case when written.factor is not null then read.written_unit end
        )
    end as unit,
    read.range_low as reference_low,
    read.range_high as reference_high,
    cast(null as string) as resulted_at,
    cast(null as string) as status,
    nullif(concat_ws(
        '; ',
        case when read.value_as_number is not null then nullif(read.value_source_value, read.value_as_number) end,
        read.unreadable_id || ': ' || read.unreadable_cell
    ), '') as comment,
    read.unreadable_id,
    read.source_file,
    read.line_number
from read
left join lab_units as of_concept
    on read.analyte = of_concept.analyte and {{ unit_text('read.unit_of_concept') }} = of_concept.name
left join lab_units as of_source
    on read.analyte = of_source.analyte and {{ unit_text('read.unit_source_value') }} = of_source.name
left join lab_units as written
    on read.analyte = written.analyte and read.written_unit = written.name and read.source_number = read.number_read

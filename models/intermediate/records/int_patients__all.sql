{%- set cells = record_cells('patients', [
    'patient_id', 'birth_date',
]) %}
with source as (
    select * from {{ record_source('patients') }}
),

sexes as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'sexes'
),

parsed as (
    select
        {{ typed_columns(cells) }},
        sexes.concept as sex,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells) }} as nulled_cells,
        coalesce(
            {{ row_fault(cells) }},
            case when source.sex is null then 'missing_sex' when sexes.concept is null then 'unknown_sex' end
        ) as fault
    from source
    left join sexes on {{ folded('source.sex') }} = sexes.source_text
)

{{ judged_records('patients', 'patient_id') }}

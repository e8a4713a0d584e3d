{%- set cells = record_cells('patients', [
    'patient_id', 'birth_date',
]) %}
with source as (
    {{ bounded_source('patients', cells) }}
),

sexes as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'sexes'
),

parsed as (
    select
        {{ typed_columns(cells) }},
        coalesce(sexes.concept, 'unknown') as sex,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells, [
            "case when source.sex is not null and sexes.concept is null then 'unknown_sex' end",
        ]) }} as nulled_cells,
        {{ row_fault(cells) }} as fault
    from source
    left join sexes on {{ folded('source.sex') }} = sexes.source_text
)

{{ judged_records('patients', 'patient_id') }}

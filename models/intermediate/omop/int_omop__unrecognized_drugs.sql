-- Rows that nothing explains: no concept of the seeds, no era of that day, and for names, the site's and the vocabulary's, none
-- or a code of the site alone. A row that names no drug in any way is set aside for that.
with named as (
    select * from {{ ref('int_omop__named_drugs') }}
),

eras as (
    select
        person_id,
        {{ parsed_time('drug_era_start_date') }} as starts_at,
        {{ days_after(parsed_time('drug_era_end_date'), 1) }} as ends_at
    from {{ ref('stg_omop__drug_era') }}
    where unreadable_id is null
)

select distinct
    named.source_file,
    named.line_number
from named
left join eras
    on
        named.person_id = eras.person_id
        and eras.starts_at <= {{ parsed_time('named.started_at') }}
        and eras.ends_at > {{ parsed_time('named.started_at') }}
where
    named.ingredient is null
    and coalesce(
        named.drug_source_value, cast(nullif(named.drug_concept_id, 0) as string),
        cast(nullif(named.drug_source_concept_id, 0) as string)
    ) is not null
    {%- for name in ['source_name', 'standard_name'] %}
        and coalesce({{ matches('named.' ~ name, "'^[A-Za-z]{0,5}[-_.:]?[0-9]{3,}$'") }}, true)
    {%- endfor %}
    and eras.person_id is null

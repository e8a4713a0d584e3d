-- Rows of a site without the vocabulary that nothing explains: no concept of the seeds, no era of that day, and for a name none
-- or a code of the site alone.
with named as (
    select * from {{ ref('int_omop__named_drugs') }}
    where not exists (select 1 from {{ ref('stg_omop__concept') }})
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
    and coalesce({{ matches('named.source_name', "'^[A-Za-z]{1,5}[-_.:]?[0-9]{3,}$'") }}, true)
    and eras.person_id is null

{#- Verdicts on records that share their id with another: `duplicate` (all columns equal to an earlier one), `superseded`,
    `conflicting_id`, or null for the one to keep. One row per such record, by source_file and line_number.
    `is_correction` and `version_at` say which versions may supersede the others. Versions that differ in one of the expressions
    `agreeing` (whose, of what, of which time) are records of two things under one id, and none of them supersedes another. -#}
{% macro repeated_records(entity, id_column, is_correction, version_at, agreeing) -%}
{%- set relation = record_source(entity) -%}
{%- set columns = record_columns(entity) -%}
with repeated_ids as (
    select {{ id_column }} from {{ relation }} group by {{ id_column }} having count(*) > 1
),
copies as (
    select
        {{ id_column }}, source_file, line_number, coalesce({{ is_correction }}, false) as is_correction, {{ version_at }} as version_at,
        {% for one in agreeing %}coalesce(cast({{ one }} as string), ''){{ " || '|' || " if not loop.last }}{% endfor %} as told_of,
        row_number() over (partition by {{ columns | join(', ') }} order by source_file, line_number) as copy_number
    from {{ relation }}
    where {{ id_column }} in (select {{ id_column }} from repeated_ids) or {{ id_column }} is null
),
ranked as (
    select
        *, rank() over (partition by {{ id_column }} order by version_at desc nulls first) as version_rank,
        count(*) over (partition by {{ id_column }}) as n_versions,
        count(*) over (partition by {{ id_column }}, version_at) as n_versions_then,
        min(told_of) over (partition by {{ id_column }}) = max(told_of) over (partition by {{ id_column }}) as is_of_one
    from copies
    where copy_number = 1
),
corrected as (
    select *, is_correction and version_rank = 1 and n_versions_then = 1 and is_of_one as is_latest_correction
    from ranked
),
settled as (
    select
        *, max(case when is_latest_correction then 1 else 0 end) over (partition by {{ id_column }}) as has_latest_correction
    from corrected
)
select source_file, line_number, 'duplicate' as verdict from copies where copy_number > 1
union all
select
    source_file, line_number,
    case
        when {{ id_column }} is null or n_versions = 1 or is_latest_correction then null
        when has_latest_correction = 1 then 'superseded'
        else 'conflicting_id'
    end as verdict
from settled
{%- endmacro %}

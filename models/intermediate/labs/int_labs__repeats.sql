-- One measurement that was reported twice counts once. Of different values of one draw a corrected one supersedes a final one and
-- that a preliminary one, of one status the later report does; so does a correction that there is no value (not performed,
-- hemolyzed). A status that is blank or unknown is taken as final, a blank specimen as the one that the others of its draw were
-- of. Only results of one draw are compared: the few draws that have several. Each reads the results for itself, so that they are
-- not held whole.
{%- set of_draw = '(case when is_version then specimen end) over (partition by patient_id, analyte, collected_at)' %}
with several as (
    select patient_id, analyte, collected_at
    from {{ ref('int_labs__usability') }}
    group by patient_id, analyte, collected_at
    having count(*) > 1
),

placed as (
    select
        results.*,
        coalesce(results.unusable_reason in ('not_performed', 'hemolysed_specimen'), true) as is_version
    from {{ ref('int_labs__usability') }} as results
    inner join several
        on
            results.patient_id = several.patient_id
            and results.analyte = several.analyte
            and results.collected_at = several.collected_at
),

described as (
    select
        *,
        coalesce(specimen, case when min{{ of_draw }} = max{{ of_draw }} then max{{ of_draw }} end) as specimen_drawn
    from placed
),

compared as (
    select
        *,
        row_number() over (
            partition by patient_id, analyte, collected_at, value, comparator, unusable_reason
            order by status_precedence desc, resulted_at desc nulls last, result_id asc
        ) as copy_number,
        max(case when unusable_reason is null and censoring = 'none' then resulted_at end) over (
            partition by patient_id, analyte, collected_at
        ) as exact_resulted_at,
        max(case when is_version then status_precedence end) over (
            partition by patient_id, analyte, specimen_drawn, collected_at
        ) as highest_precedence
    from described
),

dated as (
    select
        *,
        max(case when unusable_reason is null and status_precedence = highest_precedence then resulted_at end) over (
            partition by patient_id, analyte, specimen_drawn, collected_at
        ) as last_resulted_at
    from compared
),

superseded as (
    select
        result_id,
        case
            when copy_number > 1 then 'repeated_value'
            when censoring = 'right' and resulted_at < exact_resulted_at then 'superseded_by_dilution'
            when status_precedence < highest_precedence or resulted_at < last_resulted_at then 'superseded_version'
        end as superseded_reason
    from dated
    where unusable_reason is null
)

select
    results.*,
    coalesce(results.unusable_reason, superseded.superseded_reason) as not_counted_reason,
    coalesce(results.status_precedence < contested.unread_precedence, false) as is_contested
from {{ ref('int_labs__usability') }} as results
left join superseded on results.result_id = superseded.result_id and superseded.superseded_reason is not null
left join {{ ref('int_labs__contested') }} as contested
    on
        results.patient_id = contested.patient_id
        and results.analyte = contested.analyte
        and results.collected_at = contested.collected_at

-- One measurement that was reported twice counts once. Of different values of one draw a corrected one supersedes a final one and
-- that a preliminary one, of one status the later report does. A status that is blank or unknown is taken as final.
with results as (
    select * from {{ ref('int_labs__usability') }}
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
        max(case when unusable_reason is null then status_precedence end) over (
            partition by patient_id, analyte, specimen, collected_at
        ) as highest_precedence
    from results
),

dated as (
    select
        *,
        max(case when unusable_reason is null and status_precedence = highest_precedence then resulted_at end) over (
            partition by patient_id, analyte, specimen, collected_at
        ) as last_resulted_at
    from compared
)

select
    *,
    case
        when unusable_reason is not null then unusable_reason
        when copy_number > 1 then 'repeated_value'
        when censoring = 'right' and resulted_at < exact_resulted_at then 'superseded_by_dilution'
        when status_precedence < highest_precedence or resulted_at < last_resulted_at then 'superseded_version'
    end as not_counted_reason
from dated

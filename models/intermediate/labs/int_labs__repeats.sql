-- One measurement that was reported twice counts once, and the repeat of a diluted specimen replaces the bound.
with results as (
    select * from {{ ref('int_labs__usability') }}
),

compared as (
    select
        *,
        row_number() over (
            partition by patient_id, analyte, collected_at, value, comparator, unusable_reason
            order by resulted_at desc nulls last, result_id asc
        ) as copy_number,
        max(case when unusable_reason is null and censoring = 'none' then resulted_at end) over (
            partition by patient_id, analyte, collected_at
        ) as exact_resulted_at
    from results
)

select
    *,
    case
        when unusable_reason is not null then unusable_reason
        when copy_number > 1 then 'repeated_value'
        when censoring = 'right' and resulted_at < exact_resulted_at then 'superseded_by_dilution'
    end as not_counted_reason
from compared

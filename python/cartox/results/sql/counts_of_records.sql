-- Counts of records, values and words; none of them is of one group.
with kept as (
    unpivot (
        select
            coalesce(sum(n_raw), 0) as raw,
            coalesce(sum(n_accepted), 0) as accepted,
            coalesce(sum(n_duplicate), 0) as duplicate,
            coalesce(sum(n_superseded), 0) as superseded,
            coalesce(sum(n_quarantined), 0) as quarantined
        from marts.record_conservation
    )
    on raw, accepted, duplicate, superseded, quarantined
    into name level value n
),

rejected as (
    select entity as item, reason as level, count(*) as n
    from marts.quarantined_records
    group by entity, reason
),

unreadable as (
    select 'nulled_value' as topic, entity as item, reason as level, count(*) as n
    from marts.nulled_values
    group by entity, reason
    union all
    select 'unusable_lab_result' as topic, analyte as item, unusable_reason as level, count(*) as n
    from marts.lab_results
    where unusable_reason is not null
    group by analyte, unusable_reason
    union all
    select
        'unresolved_dose' as topic,
        'medication_administrations' as item,
        'glucocorticoid_dose_unresolved' as level,
        sum(n_unresolved_doses) as n
    from marts.steroid_exposure
    where exposure_window = 'total'
    having sum(n_unresolved_doses) > 0
),

unmapped as (
    select term_kind, not_mapped_because, n_records
    from marts.terminology_coverage
    where
        mapped_to is null
        and not_mapped_because in ('no seed knows it', 'suspected_glucocorticoid')
        and (source_text <> '' or code <> '')
),

unknown_words as (
    unpivot (
        select term_kind as item, count(*) as words, cast(sum(n_records) as bigint) as records
        from unmapped
        group by term_kind
    )
    on words, records
    into name level value n
),

unknown_drugs as (
    unpivot (
        select 'any' as item, count(*) as words, cast(coalesce(sum(n_records), 0) as bigint) as records
        from unmapped
        where term_kind = 'drug'
        union all
        select 'suspected_glucocorticoid' as item, count(*) as words, cast(coalesce(sum(n_records), 0) as bigint) as records
        from unmapped
        where term_kind = 'drug' and not_mapped_because = 'suspected_glucocorticoid'
    )
    on words, records
    into name level value n
),

unit_warnings as (
    unpivot (
        select
            analyte || ', ' || unit || ', ' || implied_units as item,
            count(*) as months,
            cast(sum(n_contradicting) as bigint) as limits_against,
            cast(sum(n_compared) as bigint) as limits_compared,
            cast(sum(n_patients_apart) as bigint) as patients_and_months
        from marts.lab_unit_warnings
        group by analyte, unit, implied_units
    )
    on months, limits_against, limits_compared, patients_and_months
    into name level value n
),

copy_warnings as (
    unpivot (
        select
            cast(offset_minutes as varchar) as item,
            count(*) as patients,
            cast(sum(n_pairs) as bigint) as pairs,
            cast(sum(n_on_other_day) as bigint) as pairs_on_other_days
        from marts.lab_copy_warnings
        group by offset_minutes
        union all
        select
            'any' as item,
            count(*) as patients,
            cast(coalesce(sum(n_pairs), 0) as bigint) as pairs,
            cast(coalesce(sum(n_on_other_day), 0) as bigint) as pairs_on_other_days
        from marts.lab_copy_warnings
    )
    on patients, pairs, pairs_on_other_days
    into name level value n
)

select 'conservation' as topic, 'any' as item, level, cast(n as bigint) as n, null as n_of, 'records' as counted
from kept
union all
select 'quarantined' as topic, item, level, n, null as n_of, 'records' as counted
from rejected
union all
select 'quarantined' as topic, 'any' as item, 'records' as level, cast(coalesce(sum(n), 0) as bigint) as n, null as n_of, 'records' as counted
from rejected
union all
select 'quarantined' as topic, 'any' as item, 'reasons' as level, count(*) as n, null as n_of, 'reasons' as counted
from rejected
union all
select topic, item, level, cast(n as bigint) as n, null as n_of, 'values' as counted
from unreadable
union all
select 'unreadable' as topic, 'any' as item, 'any' as level, cast(coalesce(sum(n), 0) as bigint) as n, null as n_of, 'values' as counted
from unreadable
union all
select 'unknown_word' as topic, item, level, n, null as n_of, level as counted
from unknown_words
union all
select 'unknown_drug' as topic, item, level, n, null as n_of, level as counted
from unknown_drugs
union all
select 'unit_warning' as topic, item, level, n, null as n_of, level as counted
from unit_warnings
union all
select 'copy_warning' as topic, item, level, n, null as n_of, level as counted
from copy_warnings
order by all

-- The numbers in the units of the study, and why those that cannot be used cannot.
create temp table read_results as
with described as (
    select
        judged.source_file,
        judged.line_number,
        judged.result_id,
        judged.patient_id,
        judged.analyte,
        judged.collected_at,
        judged.resulted_at,
        specimen_texts.specimen,
        specimen_texts.is_blood,
        status_texts.is_usable,
        status_texts.precedence,
        result_texts.result,
        result_texts.comparator,
        result_texts.censoring,
        result_texts.has_comma,
        result_texts.is_range,
        result_texts.is_not_performed,
        result_texts.is_clotted or comment_texts.is_clotted is true
        or (
            result_texts.result_number = 0
            and (result_texts.is_nothing_measured or comment_texts.is_nothing_measured is true)
        ) is true as is_unmeasured,
        result_texts.is_hemolysed or comment_texts.is_hemolysed is true as is_hemolysed,
        unit_texts.unit,
        coalesce(unit_texts.charted_unit, result_texts.written_unit) as unit_name,
        unit_texts.charted_unit is not null
        and written_units.factor is not null
        and (charted_units.factor is null or written_units.factor != charted_units.factor) as has_two_units,
        case
            when result_texts.written_unit is null or unit_texts.charted_unit is null or written_units.factor is not null
                then result_texts.result_number
        end as number_read,
        limit_texts.limit_number,
        limit_texts.limit_unit
    from judged
    inner join result_texts on judged.result = result_texts.raw_text
    inner join specimen_texts on judged.specimen is not distinct from specimen_texts.raw_text
    inner join status_texts on judged.status is not distinct from status_texts.raw_text
    left join comment_texts on judged.comment = comment_texts.raw_text
    left join limit_texts on judged.reference_high = limit_texts.raw_text
    left join unit_texts on judged.unit = unit_texts.raw_text
    left join lab_units as charted_units
        on judged.analyte = charted_units.analyte and unit_texts.charted_unit = charted_units.name
    left join lab_units as written_units
        on judged.analyte = written_units.analyte and result_texts.written_unit = written_units.name
    where judged.disposition = 'accepted' and judged.analyte is not null
),

converted as (
    select
        described.*,
        analytes.canonical_unit,
        analytes.is_hemolysis_sensitive,
        lab_units.factor,
        plausibility.warn_low,
        plausibility.warn_high,
        plausibility.reject_low,
        plausibility.reject_high,
        round(described.number_read * lab_units.factor, 6) as converted_value,
        case
            when described.limit_number > 0
                then round(
                    described.limit_number
                    * case when described.limit_unit is null then lab_units.factor else limit_units.factor end,
                    6
                )
        end as reference_high,
        case when described.number_read < lab_units.review_below then lab_units.review_reason end as review_reason,
        result_sentinels.analyte is not null as is_sentinel
    from described
    inner join analytes on described.analyte = analytes.analyte
    inner join plausibility on described.analyte = plausibility.quantity
    left join lab_units on described.analyte = lab_units.analyte and described.unit_name = lab_units.name
    left join lab_units as limit_units
        on described.analyte = limit_units.analyte and described.limit_unit = limit_units.name
    left join result_sentinels
        on
            described.analyte = result_sentinels.analyte
            and described.number_read = result_sentinels.number
            and described.comparator = '='
),

explained as (
    select
        *,
        case
            when not is_usable then 'withdrawn_result'
            when specimen is not null and is_blood is null then 'unknown_specimen'
            when not is_blood then 'specimen_not_blood'
            when number_read is null and is_not_performed then 'not_performed'
            when number_read is null and is_hemolysed and not regexp_matches(result, '[0-9]') then 'hemolysed_specimen'
            when number_read is null and is_range then 'range_of_values'
            when number_read is null and has_comma then 'ambiguous_comma'
            when number_read is null then 'unreadable_result'
            when is_unmeasured then 'not_performed'
            when is_sentinel then 'sentinel'
            when unit_name is null then 'missing_unit'
            when has_two_units then 'conflicting_units'
            when factor is null then 'unknown_unit'
            when is_hemolysed and is_hemolysis_sensitive then 'hemolysed_specimen'
            when review_reason is not null then review_reason
            when converted_value not between reject_low and reject_high then 'implausible_value'
        end as unusable_reason
    from converted
)

select
    result_id,
    patient_id,
    analyte,
    collected_at,
    moment(trimmed_of_many(resulted_at)) as resulted_at,
    specimen,
    precedence,
    result,
    coalesce(unit, unit_name) as raw_unit,
    case when unusable_reason is null then converted_value end as value,
    canonical_unit,
    comparator,
    censoring,
    unusable_reason,
    reference_high,
    is_hemolysed,
    case when unusable_reason is null then converted_value not between warn_low and warn_high end as is_doubtful,
    source_file,
    line_number
from explained;

-- Of the results of one draw, which count.
create temp table not_counted as
with draws as (
    select
        patient_id,
        analyte,
        collected_at
    from read_results
    where coalesce(unusable_reason in ('not_performed', 'hemolysed_specimen'), true)
    group by patient_id, analyte, collected_at
    having count(*) > 1
),

shared as (
    select
        read_results.* exclude (specimen),
        coalesce(
            read_results.specimen,
            case
                when count(distinct read_results.specimen) over draw = 1 then any_value(read_results.specimen) over draw
            end
        ) as specimen
    from read_results
    semi join draws
        on
            read_results.patient_id = draws.patient_id
            and read_results.analyte = draws.analyte
            and read_results.collected_at = draws.collected_at
    where coalesce(read_results.unusable_reason in ('not_performed', 'hemolysed_specimen'), true)
    window draw as (partition by read_results.patient_id, read_results.analyte, read_results.collected_at)
),

compared as (
    select
        *,
        row_number() over (
            partition by patient_id, analyte, collected_at, value, comparator, unusable_reason
            order by precedence desc, resulted_at desc nulls last, result_id asc
        ) as copy_number,
        max(resulted_at) filter (where censoring = 'none' and unusable_reason is null)
            over (partition by patient_id, analyte, collected_at) as exact_resulted_at,
        max(precedence) over (partition by patient_id, analyte, collected_at, specimen) as highest_precedence
    from shared
),

dated as (
    select
        *,
        max(resulted_at) filter (where precedence = highest_precedence and unusable_reason is null)
            over (partition by patient_id, analyte, collected_at, specimen) as last_resulted_at
    from compared
),

explained as (
    select
        result_id,
        case
            when copy_number > 1 then 'repeated_value'
            when censoring = 'right' and resulted_at < exact_resulted_at then 'superseded_by_dilution'
            when precedence < highest_precedence or resulted_at < last_resulted_at then 'superseded_version'
        end as not_counted_reason
    from dated
    where unusable_reason is null
)

select
    result_id,
    not_counted_reason
from explained
where not_counted_reason is not null;

create table lab_results as
select
    read_results.result_id,
    read_results.patient_id,
    read_results.analyte,
    read_results.collected_at,
    read_results.result as raw_result,
    read_results.raw_unit,
    read_results.value,
    read_results.canonical_unit as unit,
    read_results.censoring,
    read_results.unusable_reason,
    not_counted.not_counted_reason,
    read_results.reference_high,
    read_results.is_hemolysed,
    read_results.is_doubtful,
    read_results.source_file,
    read_results.line_number
from read_results
left join not_counted on read_results.result_id = not_counted.result_id;

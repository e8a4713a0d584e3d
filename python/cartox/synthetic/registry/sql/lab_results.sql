-- Results before lymphodepletion, after infusion, and results that must not count or look like others than they are.
with anchored as (
    select
        *,
        coalesce(lymphodepletion_at, infused_at) as anchor,
        unnest(range(1, 8)) as analyte_number  -- no cross join, which keeps no order
    from people
),

tested as (
    select
        people.number,
        people.patient_id,
        people.infused_at,
        people.lymphodepletion_at,
        people.anchor,
        people.last_living_day,
        people.last_inpatient_day,
        people.story <> 'never_infused' as is_infused,
        starts_with(people.story, 'index_drug') as has_index_drug,
        analytes.analyte,
        people.analyte_number,
        analytes.n_writings,
        analytes.lowest,
        analytes.in_course,
        analytes.middle * exp(analytes.spread * bell(people.number, 'level', people.analyte_number)) as usual,
        analytes.rise * exp(0.6 * bell(people.number, 'rise', people.analyte_number)) as rise_of_patient,
        4 + 6 * drawn(people.number, 'peak', people.analyte_number) as peak_day
    from anchored as people
    inner join counted_analytes as analytes on people.analyte_number = analytes.analyte_number
),

baseline_places as (
    select
        *,
        unnest(range(0, whole_between(1, 3, drawn(number, 'n baselines', analyte_number)))) as turn
    from tested
    where drawn(number, 'has baseline', analyte_number) > 0.03
),

baselines as (
    select
        *,
        1000 * analyte_number + turn as place,
        anchor - to_minutes(
            60 * whole_between(
                case when lymphodepletion_at is null then 80 else 20 end, 130, drawn(number, 'hours', analyte_number)
            )
            + 3600 * turn
            + case when drawn(number, 'late', analyte_number) < 0.08 then 21600 else 0 end
        ) as collected_at,
        usual * (0.7 + 0.6 * drawn(number, 'baseline', 1000 * analyte_number + turn)) as amount
    from baseline_places
),

days as (
    select
        *,
        unnest(range(0, least(30, last_living_day) + 1)) as study_day
    from tested
    where in_course and is_infused
),

days_with_results as (
    select
        *,
        unnest(range(0, whole_between(1, case when has_index_drug then 3 else 2 end, drawn(number, 'n of day', 100 * analyte_number + study_day))))
            as turn
    from days
    where
        drawn(number, 'day', 100 * analyte_number + study_day) < case
            when study_day > last_inpatient_day then 0.28
            when study_day between 5 and 9 or study_day < 3 then 1.0
            when has_index_drug then 0.75
            else 0.4
        end
),

course_places as (
    select
        *,
        1000 * analyte_number + 100 + 3 * study_day + turn as place
    from days_with_results
),

courses as (
    select
        *,
        on_day(
            infused_at,
            study_day,
            case when study_day = 0 then 960 else 240 end + 140 * turn + whole_between(0, 139, drawn(number, 'minute', place))
        ) as collected_at,
        usual * (1 + rise_of_patient * exp(-power((study_day - peak_day) / 4, 2)))
        * (0.75 + 0.5 * drawn(number, 'result', place)) as amount
    from course_places
),

taken as (
    select number, patient_id, analyte, n_writings, lowest, place, collected_at, amount
    from baselines
    union all
    select number, patient_id, analyte, n_writings, lowest, place, collected_at, amount
    from courses
),

measured as (
    select
        number,
        patient_id,
        analyte,
        place,
        collected_at,
        cast(floor(n_writings * drawn(number, 'writing', place)) as bigint) as writing,
        greatest(amount, lowest) as amount,
        drawn(number, 'look', place) as look
    from taken
),

texts as (
    select
        measured.number,
        measured.patient_id,
        measured.place,
        measured.collected_at,
        writings.code_system,
        writings.code,
        writings.test_name,
        writings.specimen,
        measured.amount / writings.factor as raw,
        case
            when raw <= writings.lower_limit
                then picked(['<', '< ', 'less than ', 'Less than '], look) || writings.lower_text
            when raw >= writings.upper_limit
                then picked(['>', '> ', 'greater than ', 'GREATER THAN '], look) || writings.upper_text
            when raw >= 1000 and look < 0.3 then format('{:,}', cast(round(raw) as bigint))
            when writings.decimals = 0 then cast(cast(round(raw) as bigint) as varchar)
            when writings.decimals = 1 then cast(cast(round(raw, 1) as decimal(18, 1)) as varchar)
            else cast(cast(round(raw, 2) as decimal(18, 2)) as varchar)
        end || case when look between 0.9 and 0.93 then ' H' when look between 0.94 and 0.95 then '*' else '' end as result,
        writings.unit,
        case when drawn(measured.number, 'reference', place) < 0.7 then writings.reference_high end as reference_high,
        picked(['final', 'final', 'Final', ''], drawn(measured.number, 'status', place)) as status,
        case when look between 0.5 and 0.51 then picked(getvariable('comments'), drawn(measured.number, 'comment', place)) else '' end
            as comment
    from measured
    inner join writings on measured.analyte = writings.analyte and measured.writing = writings.writing
),

hard_places as (
    select
        *,
        unnest(range(0, whole_between(2, 8, drawn(number, 'n hard results')))) as place
    from people
    where drawn(number, 'has hard results') < 0.3
),

hard_rows as (
    select
        *,
        on_day(infused_at, whole_between(-12, 12, drawn(number, 'day of hard result', place)), 420 + 7 * place) as collected_at,
        picked(getvariable('hard_results'), drawn(number, 'hard result', place)) as entry
    from hard_places
),

charted as (
    select
        number,
        patient_id,
        place,
        collected_at,
        code_system,
        code,
        test_name,
        specimen,
        result,
        unit,
        reference_high,
        status,
        comment
    from texts
    union all
    select
        number,
        patient_id,
        place,
        collected_at,
        entry.code_system,
        entry.code,
        entry.test_name,
        entry.specimen,
        entry.result,
        entry.unit,
        '' as reference_high,
        entry.status,
        entry.comment
    from hard_rows
),

faulty as (
    select
        *,
        drawn(number, 'chart', place) as chance
    from charted
),

appearing as (
    select
        *,
        unnest(appearances(drawn(number, 'result twice', place), 0.003, 0.0004, 0.003)) as appearance
    from faulty
)

select
    'LAB-' || lpad(cast(number as varchar), 8, '0') || '-' || lpad(cast(place as varchar), 4, '0') as result_id,
    case
        when chance between 0.1 and 0.1002 then 'REG-X' || number
        when chance between 0.11 and 0.1101 then ''
        else patient_id
    end as patient_id,
    code_system,
    code,
    test_name,
    specimen,
    case
        when chance between 0.2 and 0.2004
            then picked(
                ['31-FEB-2021 06:00', '2021-02-29 06:00', '2022-05-01 24:10', '9999-01-01 00:00', '', 'unknown'],
                drawn(number, 'no time', place)
            )
        else time_text(collected_at)
    end as collected_at,
    case
        when chance between 0.3 and 0.3002 then ''
        when appearance in ('other', 'mistaken') then '17'
        else result
    end as result,
    unit,
    case when reference_high <> '' and chance between 0.5 and 0.6 then '0' else '' end as reference_low,
    reference_high,
    time_text(
        collected_at
        + to_minutes(whole_between(35, 150, drawn(number, 'released', place)) + case appearance when 'corrected' then 200 else 0 end)
    ) as resulted_at,
    case appearance
        when 'corrected' then picked(['Corrected', 'Amended'], drawn(number, 'correction', place))
        when 'mistaken' then 'final'
        else status
    end as status,
    comment
from appearing

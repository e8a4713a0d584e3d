-- What was given, withheld or only ordered: each part below is a reason for which a drug stands in the record.
with treated as (
    select
        *,
        greatest(crs_peak, icans_peak) as worst_grade,
        case when crs_peak >= 2 then 2 else onset_day + 1 end as first_steroid_day
    from people
    where story <> 'never_infused'
),

steroids as (
    select
        *,
        'A' as part,
        unnest(range(0, case when ending = 'resolved' then 1 else 12 end + whole_between(0, 16, drawn(number, 'n steroids')))) as place,
        on_day(infused_at, first_steroid_day, 630 + 360 * place) as moment,
        picked(getvariable('steroid_doses'), drawn(number, 'steroid', place)) as entry
    from treated
    where worst_grade >= 2
),

index_drug as (
    select
        *,
        'B' as part,
        unnest(range(0, whole_between(4, 20, drawn(number, 'n doses')))) as place,
        index_at + to_hours(6 * place) as moment,
        picked(
            case story
                when 'index_drug_held' then getvariable('index_drug_held')
                when 'index_drug_ordered_only' then getvariable('index_drug_ordered')
                when 'index_drug_as_prophylaxis' then getvariable('index_drug_before')
                else getvariable('index_drug_given')
            end,
            drawn(number, 'index drug', place)
        ) as entry
    from treated
    where index_at is not null
),

tocilizumab as (
    select
        *,
        'C' as part,
        unnest(range(0, whole_between(1, 2, drawn(number, 'n tocilizumab')))) as place,
        on_day(infused_at, 1, 1350 + 480 * place) as moment,
        picked(getvariable('tocilizumab'), drawn(number, 'tocilizumab', place)) as entry
    from treated
    where crs_peak >= 2
),

norepinephrine as (
    select
        *,
        'D' as part,
        unnest(range(0, 2)) as place,
        on_day(infused_at, 2, 300 + 720 * place) as moment,
        picked(getvariable('norepinephrine'), drawn(number, 'norepinephrine', place)) as entry
    from treated
    where crs_peak >= 3
),

other_drugs as (
    select
        *,
        'E' as part,
        unnest(range(0, whole_between(0, 3, drawn(number, 'n others')))) as place,
        on_day(infused_at, whole_between(-16, 12, drawn(number, 'day of other', place)), 540 + place) as moment,
        picked(getvariable('other_drugs'), drawn(number, 'other', place)) as entry
    from treated
),

hard_rows as (
    select
        *,
        'F' as part,
        unnest(range(0, whole_between(1, 4, drawn(number, 'n hard')))) as place,
        on_day(infused_at, first_steroid_day + whole_between(0, 6, drawn(number, 'day of hard', place)), 200 + place) as moment,
        picked(getvariable('hard_drugs'), drawn(number, 'hard', place)) as entry
    from treated
    where drawn(number, 'has hard rows') < 0.25
),

prescribed as (
    from steroids
    union all from index_drug
    union all from tocilizumab
    union all from norepinephrine
    union all from other_drugs
    union all from hard_rows
),

charted as (
    select
        *,
        part || lpad(cast(place as varchar), 2, '0') as mark,
        drawn(number, 'chart ' || part, place) as chance
    from prescribed
    where moment < infused_at + to_days(cast(least(last_living_day, 60) as integer))
),

appearing as (
    select
        *,
        unnest(appearances(drawn(number, 'drug twice ' || part, place), 0.006, 0.001, 0)) as appearance
    from charted
)

select
    'MAR-' || lpad(cast(number as varchar), 8, '0') || '-' || mark as administration_id,
    case
        when chance between 0.1 and 0.1003 then 'REG-X' || number
        when chance between 0.11 and 0.1101 then ''
        else patient_id
    end as patient_id,
    case when chance between 0.12 and 0.1202 then '' else entry.medication end as medication,
    entry.code_system,
    entry.code,
    case when appearance = 'other' then '25' else entry.dose end as dose,
    entry.dose_unit,
    entry.route,
    entry.frequency,
    case
        when chance between 0.2 and 0.2006
            then picked(
                ['24:00 on day 3', '2022-03-04T10:00:00Z', '13/25/2021 08:00', 'during rounds'],
                drawn(number, 'no time ' || part, place)
            )
        when story = 'index_drug_time_unreadable' and part = 'B' then strftime(moment, '%d/%m/%Y %H:%M')
        else time_text(moment)
    end as started_at,
    time_text(moment + to_minutes(entry.minutes)) as ended_at,
    case
        when chance between 0.3 and 0.3006 then picked(['documented', ''], drawn(number, 'no status ' || part, place))
        when chance between 0.4 and 0.41 and entry.status ilike 'given'
            then picked(['held', 'refused', 'Cancelled'], drawn(number, 'withheld ' || part, place))
        else entry.status
    end as status,
    entry.purpose,
    entry.product_strength
from appearing

-- Two rounds a day in hospital and visits afterwards: components of the grade wanted, and the grade that was recorded.
with rounds as (
    select
        *,
        unnest(range(0, last_inpatient_day + 1) || [last_inpatient_day + 7, last_inpatient_day + 14]) as study_day
    from people
    where story <> 'never_infused'
),

turns as (
    select
        *,
        unnest(case when study_day > last_inpatient_day then [0] when study_day = 0 then [1] else [0, 1] end) as turn
    from rounds
    where study_day <= last_living_day
),

graded as (
    select
        *,
        study_day * 2 + turn as place,
        case
            when crs_peak = 0 or study_day = 0 then 0
            when study_day = 1 then turn
            when study_day = 2 then crs_peak
            when study_day = 3 then greatest(1, crs_peak - 1)
            when study_day = 4 then 1
            else 0
        end as crs_grade,
        case
            when ending = 'relapsed' and study_day = last_icans_day + 3 then 1
            when study_day < onset_day or study_day > last_icans_day then 0
            when study_day = onset_day then turn
            when study_day < icans_index_day then least(icans_peak, 1 + cast(floor(3 * drawn(number, 'icans of', study_day)) as integer))
            when study_day = icans_index_day then icans_peak
            else greatest(
                1,
                cast(round(icans_peak * (last_icans_day - study_day) / greatest(last_icans_day - icans_index_day, 1)) as integer)
            )
        end as icans_grade
    from turns
),

seen as (
    select
        *,
        picked(
            case crs_grade
                when 0 then getvariable('crs_0')
                when 1 then getvariable('crs_1')
                when 2 then getvariable('crs_2')
                when 3 then getvariable('crs_3')
                else getvariable('crs_4')
            end,
            drawn(number, 'crs findings', place)
        ) as crs,
        picked(
            case icans_grade
                when 0 then getvariable('icans_0')
                when 1 then getvariable('icans_1')
                when 2 then getvariable('icans_2')
                when 3 then getvariable('icans_3')
                else getvariable('icans_4')
            end,
            drawn(number, 'icans findings', place)
        ) as icans,
        drawn(number, 'crs charted', place) < 0.96 as has_crs,
        drawn(number, 'icans charted', place) < 0.96 as has_icans,
        drawn(number, 'crs recorded', place) as crs_recorded,
        drawn(number, 'icans recorded', place) as icans_recorded,
        drawn(number, 'assessment', place) as chance
    from graded
),

appearing as (
    select
        *,
        unnest(appearances(drawn(number, 'assessment twice', place), 0.002, 0.0003, 0)) as appearance
    from seen
)

select
    'TOX-' || lpad(cast(number as varchar), 8, '0') || '-' || lpad(cast(place as varchar), 3, '0') as assessment_id,
    case when chance between 0.1 and 0.1003 then 'REG-X' || number else patient_id end as patient_id,
    case
        when chance between 0.2 and 0.2005
            then picked(['before noon', '2021-06-07 10:00+02:00', '', '2022-02-30 08:00'], drawn(number, 'no time', place))
        else time_text(on_day(infused_at, study_day, 480 + 720 * turn + whole_between(0, 55, drawn(number, 'minute', place))))
    end as assessed_at,
    case
        when not has_crs then ''
        when chance between 0.3 and 0.3005 then picked(['afebrile', '3.87', '101.2'], drawn(number, 'no temperature', place))
        when crs_grade = 0 or (crs_grade > 1 and study_day > 1 and drawn(number, 'waived', place) < 0.3)
            then printf('%.1f', 36.2 + 1.6 * drawn(number, 'temperature', place))
        else printf('%.1f', 38.0 + 1.8 * drawn(number, 'temperature', place))
    end as temperature_c,
    case when has_crs then crs.hypotension else '' end as hypotension,
    case when has_crs then crs.vasopressors else '' end as vasopressors,
    case when has_crs then crs.oxygen_support else '' end as oxygen_support,
    case when has_crs then crs.oxygen_flow_l_min else '' end as oxygen_flow_l_min,
    case when appearance = 'other' then '1' when has_icans then icans.ice_score else '' end as ice_score,
    case
        when chance between 0.4 and 0.401 then 'comatose'
        when has_icans then icans.consciousness
        else ''
    end as consciousness,
    case when has_icans then icans.seizure else '' end as seizure,
    case when has_icans then icans.motor_weakness else '' end as motor_weakness,
    case when has_icans then icans.raised_icp else '' end as raised_icp,
    case when has_icans then icans.sedated else '' end as sedated,
    case
        when not has_crs then cast(crs_grade as varchar)
        when crs_recorded < 0.12 then ''
        when crs_recorded < 0.14 then cast(least(crs_grade + 1, 4) as varchar)
        when crs_recorded < 0.16 then cast(greatest(crs_grade - 1, 0) as varchar)
        when crs_recorded < 0.162 then picked(['1-2', 'mild'], drawn(number, 'crs in words', place))
        else cast(crs_grade as varchar)
    end as recorded_crs_grade,
    case
        when not has_icans then cast(icans_grade as varchar)
        when icans_recorded < 0.12 then ''
        when icans_recorded < 0.14 then cast(least(icans_grade + 1, 4) as varchar)
        when icans_recorded < 0.16 then cast(greatest(icans_grade - 1, 0) as varchar)
        else cast(icans_grade as varchar)
    end as recorded_icans_grade
from appearing

-- One row per person: who they are, why they are in the study or not, and how their toxicity goes.
create table people as

with numbered as (
    select number
    from range(1, getvariable('n_patients') + 1) as numbers (number)
),

told as (
    select
        number,
        'REG-' || lpad(cast(number as varchar), 8, '0') as patient_id,
        picked(getvariable('stories'), drawn(number, 'story')) as story,
        timestamp '2017-10-24 09:00'
        + to_days(whole_between(0, 2583, drawn(number, 'infusion day')))
        + to_minutes(whole_between(0, 84, drawn(number, 'infusion minute')) * 5) as infused_at,
        whole_between(24, 82, drawn(number, 'age')) as age_years,
        whole_between(0, 360, drawn(number, 'birthday')) as days_since_birthday
    from numbered
),

dated as (
    select
        *,
        story in ('index_drug', 'index_drug_held', 'index_drug_ordered_only', 'index_drug_time_unreadable') as has_story_of_icans,
        cast((cast(infused_at as date) - to_days(days_since_birthday) - to_years(age_years)) as date) as birth_date,
        case when drawn(number, 'lymphodepletion') < 0.92 then date_trunc('day', infused_at) - to_hours(111) end
            as lymphodepletion_at,
        4 + whole_between(0, 2, drawn(number, 'onset')) as onset_day
    from told
),

graded as (
    select
        *,
        onset_day + whole_between(1, 3, drawn(number, 'index day')) as icans_index_day,
        case
            when has_story_of_icans then picked([2, 2, 3, 3, 3, 4], drawn(number, 'icans'))
            when story in ('index_drug_without_toxicity', 'index_drug_for_crs_alone') then 0
            when story in ('index_drug_as_prophylaxis', 'index_drug_after_resolution') then 2
            else picked([0, 0, 0, 0, 1, 1, 2, 3, 4], drawn(number, 'icans'))
        end as icans_peak,
        case
            when story = 'index_drug_without_toxicity' then 0
            when story = 'index_drug_for_crs_alone' then 3
            else picked([0, 0, 1, 1, 1, 2, 2, 3, 4], drawn(number, 'crs'))
        end as crs_peak,
        case
            when has_story_of_icans
                then picked(
                    ['resolved', 'resolved', 'resolved', 'resolved', 'resolved', 'resolved', 'relapsed', 'lasted', 'died'],
                    drawn(number, 'ending')
                )
            else 'resolved'
        end as ending
    from dated
),

coursed as (
    select
        *,
        case
            when icans_peak = 0 then -1
            when ending in ('lasted', 'died') then 30
            when has_story_of_icans then icans_index_day + whole_between(2, 8, drawn(number, 'resolution'))
            else onset_day + whole_between(1, 3, drawn(number, 'resolution'))
        end as last_icans_day,
        case
            when ending = 'died' then whole_between(16, 27, drawn(number, 'death'))
            when crs_peak = 4 and drawn(number, 'death of crs') < 0.12 then whole_between(8, 20, drawn(number, 'death'))
            when drawn(number, 'dies') < 0.38 then whole_between(40, 900, drawn(number, 'death') * drawn(number, 'early'))
        end as death_day
    from graded
),

discharged as (
    select
        *,
        coalesce(cast(infused_at as date) + cast(death_day as integer), date '2099-01-01') > date '2025-06-25' as is_alive,
        case when has_story_of_icans then least(last_icans_day + 4, 31) else whole_between(11, 14, drawn(number, 'stay')) end
            as planned_last_day
    from coursed
)

select
    number,
    patient_id,
    story,
    infused_at,
    birth_date,
    lymphodepletion_at,
    icans_peak,
    crs_peak,
    onset_day,
    last_icans_day,
    icans_index_day,
    ending,
    least(planned_last_day, case when is_alive then planned_last_day else death_day end) as last_inpatient_day,
    case when is_alive then 100000 else death_day end as last_living_day,
    case when not is_alive then cast(infused_at as date) + cast(death_day as integer) end as died_on,
    case
        when is_alive then null
        when death_day <= 28 and icans_peak > 0 then picked(['ICANS', 'CRS_ICANS', 'crs_icans', 'INF'], drawn(number, 'cause'))
        when death_day <= 28 then picked(['CRS', 'CRS ', 'IEC_HS'], drawn(number, 'cause'))
        else picked(getvariable('causes'), drawn(number, 'cause'))
    end as cause_of_death,
    case
        when story like 'index_drug%'
            then on_day(
                infused_at,
                case story
                    when 'index_drug_for_crs_alone' then 4
                    when 'index_drug_without_toxicity' then 4
                    when 'index_drug_as_prophylaxis' then 0
                    when 'index_drug_after_resolution' then last_icans_day + 3
                    when 'index_drug_at_home_before' then -20
                    else icans_index_day
                end,
                whole_between(720, 1075, drawn(number, 'index minute'))
            )
    end as index_at
from discharged
order by number;

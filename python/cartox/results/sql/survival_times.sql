-- One row per curve, stratum and patient: days from the curve's first day to death or to the last contact. Only who is alive and
-- followed on that first day is on the curve. A curve by response from the index time on is biased: who responds must have lived
-- to respond; the landmarks are days on which everybody's group is settled.
with followed as (
    select
        cohort.patient_id,
        cohort.study_group,
        treated.died_on is not null as has_died,
        coalesce(treated.died_on, treated.last_contact_on) - cast(cohort.index_started_at as date) as days,
        cast($last_study_day as integer) - cohort.index_study_day as last_day_after
    from marts.cohort as cohort
    inner join marts.treated_patients as treated on cohort.patient_id = treated.patient_id
),

origins as (
    select
        *,
        'from_index' as curve,
        0 as origin
    from followed
    union all
    select
        *,
        'from_last_study_day' as curve,
        last_day_after as origin
    from followed
    union all
    select
        *,
        'from_latest_assessment' as curve,
        max(last_day_after) over () as origin
    from followed
),

alive as (
    select *
    from origins
    where days > origin or days = origin and (curve = 'from_index' or not has_died)
),

of_cohort as (
    select curve, 'all' as stratified_by, 'all' as stratum, days - origin as day, has_died as has_event, false as is_biased
    from alive
    union all
    select
        curve, 'study_group' as stratified_by, study_group as stratum, days - origin as day, has_died as has_event,
        curve = 'from_index' as is_biased
    from alive
    where study_group in ('responder', 'non_responder')
),

treated_days as (
    select
        era,
        died_on is null as is_still_followed,
        coalesce(died_on, last_contact_on) - cast(infused_at as date) as day
    from marts.treated_patients
    where coalesce(died_on, last_contact_on) >= cast(infused_at as date)
),

follow_up as (
    select 'follow_up' as curve, 'all' as stratified_by, 'all' as stratum, day, is_still_followed as has_event, false as is_biased
    from treated_days
    union all
    select 'follow_up' as curve, 'era' as stratified_by, era as stratum, day, is_still_followed as has_event, false as is_biased
    from treated_days
)

select * from of_cohort
union all
select * from follow_up
order by curve, stratified_by, stratum, day, has_event

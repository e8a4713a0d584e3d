-- Counts of patients and of their deaths, by study group (all: the whole cohort) or among all who were treated.
with groups as (
    select unnest(['responder', 'non_responder', 'not_evaluable', 'all']) as study_group
),

members as (
    select patient_id, study_group
    from marts.cohort
    union all
    select patient_id, 'all' as study_group
    from marts.cohort
),

sizes as (
    select groups.study_group, count(members.patient_id) as n_members
    from groups
    left join members on groups.study_group = members.study_group
    group by groups.study_group
),

populations as (
    select 'population' as topic, 'cohort' as item, 'all' as level, study_group, n_members as n, cast(null as bigint) as n_of
    from sizes
    union all
    select 'population' as topic, 'treated' as item, 'all' as level, 'treated' as study_group, count(*) as n, null as n_of
    from marts.treated_patients
    union all
    select 'left_out' as topic, population as item, 'all' as level, 'none' as study_group, sum(n_excluded) as n, null as n_of
    from marts.cohort_attrition
    where step_number > 0
    group by population
),

falls as (
    select windows.within_hours, grades.n_grades, sizes.study_group
    from seeds.improvement_windows as windows
    cross join (select unnest([1, 2]) as n_grades) as grades
    cross join sizes
),

improvements as (
    select
        'early_improvement' as topic,
        falls.within_hours || '_hours' as item,
        'at_least_' || falls.n_grades as level,
        falls.study_group,
        count(*) filter (where improved.least_fallen >= falls.n_grades) as n,
        count(*) filter (where improved.least_fallen >= falls.n_grades or improved.most_fallen < falls.n_grades) as n_of
    from falls
    left join members on falls.study_group = members.study_group
    left join marts.improvements as improved
        on members.patient_id = improved.patient_id and falls.within_hours = improved.within_hours
    group by falls.within_hours, falls.n_grades, falls.study_group
),

responses as (
    select
        'lymphoma_response' as topic,
        windows.response_window as item,
        levels.response as level,
        sizes.study_group,
        count(*) filter (where found.response = levels.response) as n,
        count(found.response) as n_of
    from seeds.response_window_days as windows
    cross join (select unnest(['CR', 'PR', 'SD', 'PD', 'NE']) as response) as levels
    cross join sizes
    left join members on sizes.study_group = members.study_group
    left join marts.response_windows as found
        on members.patient_id = found.patient_id and windows.response_window = found.response_window
    group by windows.response_window, levels.response, sizes.study_group
),

worst_grades as (
    select
        days.toxicity,
        days.patient_id,
        max(days.grade) as grade
    from marts.toxicity_days as days
    group by days.toxicity, days.patient_id
),

peaks as (
    select patient_id, 'ICANS' as toxicity, peak_icans_grade_certainty as certainty
    from marts.cohort
    union all
    select patient_id, 'CRS' as toxicity, peak_crs_grade_certainty as certainty
    from marts.cohort
),

worst_of_members as (
    select
        toxicities.toxicity,
        sizes.study_group,
        members.patient_id,
        worst_grades.grade,
        coalesce(peaks.certainty in ('at_least', 'unknown'), true) as is_perhaps_higher
    from seeds.toxicities as toxicities
    cross join sizes
    left join members on sizes.study_group = members.study_group
    left join worst_grades on members.patient_id = worst_grades.patient_id and toxicities.toxicity = worst_grades.toxicity
    left join peaks on members.patient_id = peaks.patient_id and toxicities.toxicity = peaks.toxicity
),

worst_levels as (
    select grade, suffix, 'grade_' || grade || suffix as level
    from (select unnest(range(5)) as grade) as grades
    cross join (select unnest(['', '_perhaps_higher', '_or_unknown']) as suffix) as suffixes
    where (grade = 4) = (suffix = '_or_unknown') or suffix = ''
),

worst as (
    select
        'worst_daily_grade' as topic,
        found.toxicity as item,
        levels.level,
        found.study_group,
        count(found.patient_id) filter (
            where case levels.suffix
                when '' then found.grade = levels.grade
                when '_perhaps_higher' then found.grade = levels.grade and found.is_perhaps_higher
                else found.is_perhaps_higher or found.grade = levels.grade
            end
        ) as n,
        count(found.patient_id) as n_of
    from worst_of_members as found
    cross join worst_levels as levels
    group by found.toxicity, levels.level, found.study_group
),

reviewed as (
    select toxicity, reason, patient_id, 'treated' as study_group
    from marts.grade_reviews
    union all
    select reviews.toxicity, reviews.reason, reviews.patient_id, members.study_group
    from marts.grade_reviews as reviews
    inner join members on reviews.patient_id = members.patient_id and members.study_group = 'all'
),

reviews as (
    select
        'grade_review' as topic,
        reasons.toxicity as item,
        reasons.reason as level,
        populations.study_group,
        count(distinct reviewed.patient_id) as n,
        null as n_of
    from seeds.grade_review_reasons as reasons
    cross join (select unnest(['treated', 'all']) as study_group) as populations
    left join reviewed
        on
            reasons.toxicity = reviewed.toxicity
            and reasons.reason = reviewed.reason
            and populations.study_group = reviewed.study_group
    group by reasons.toxicity, reasons.reason, populations.study_group
    union all
    select
        'grade_review' as topic,
        'any' as item,
        'any' as level,
        populations.study_group,
        count(distinct reviewed.patient_id) as n,
        null as n_of
    from (select unnest(['treated', 'all']) as study_group) as populations
    left join reviewed on populations.study_group = reviewed.study_group
    group by populations.study_group
),

indices as (
    select
        'ipi_difference' as topic,
        'recorded_and_computed' as item,
        'differ' as level,
        sizes.study_group,
        count(*) filter (where scores.ipi <> scores.recorded_ipi) as n,
        count(*) filter (where scores.ipi is not null and scores.recorded_ipi is not null) as n_of
    from sizes
    left join members on sizes.study_group = members.study_group
    left join marts.baseline_scores as scores on members.patient_id = scores.patient_id
    group by sizes.study_group
),

vital_statuses as (
    select
        'vital_status' as topic,
        'unknown' as item,
        'all' as level,
        'treated' as study_group,
        count(*) filter (where is_dead is null) as n,
        count(*) as n_of
    from marts.treated_patients
),

of_patients as (
    select * from populations
    union all
    select * from improvements
    union all
    select * from responses
    union all
    select * from worst
    union all
    select * from reviews
    union all
    select * from indices
    union all
    select * from vital_statuses
),

causes as (
    select 'cause_of_death' as topic, rules.item, causes.cause_of_death as level, 'treated' as study_group,
        count(*) filter (
            where causes.cause_of_death = if(rules.item = 'cibmtr', deaths.cause_by_cibmtr, deaths.cause_by_ebmt)
        ) as n,
        count(deaths.patient_id) as n_of
    from seeds.causes_of_death as causes
    cross join (select unnest(['cibmtr', 'ebmt']) as item) as rules
    left join marts.deaths as deaths on true
    group by rules.item, causes.cause_of_death
),

of_deaths as (
    select * from causes
    union all
    select 'death' as topic, 'all' as item, 'all' as level, 'treated' as study_group, count(*) as n, null as n_of
    from marts.deaths
    union all
    select
        'death' as topic, 'non_relapse' as item, 'all' as level, 'treated' as study_group,
        count(*) filter (where is_non_relapse_death) as n, count(*) as n_of
    from marts.deaths
    union all
    select
        'death' as topic, 'relapse_unclear' as item, 'all' as level, 'treated' as study_group,
        count(*) filter (where is_non_relapse_death is null) as n, count(*) as n_of
    from marts.deaths
)

select *, 'patients' as counted
from of_patients
union all
select *, 'deaths' as counted
from of_deaths
order by all

-- A study of fourteen invented patients, written by hand in the columns of the marts, for tests that need no pipeline.
-- Eight are in the cohort (P01-P03 did not respond, P04-P08 did); P06 has too few laboratory days, P07 lacks a baseline
-- ferritin, an IPI and a CRS grade at the index time; P10 was infused between the two readings of the era date.
set timezone = 'UTC';
create schema marts;

create table marts.treated_patients as
select
    patient_id, 'I' || patient_id as infusion_id, cast(infused_at as timestamp) as infused_at, product,
    if(cast(infused_at as date) < date '2020-02-05', 'before', 'from') as era, cast(age_years as integer) as age_years,
    sex, cast(died_on as date) as died_on, died_on is not null as is_dead, is_toxicity_death,
    patient_id <= 'P08' as is_in_cohort,
    coalesce(cast(died_on as date), cast(infused_at as date) + 100 + 30 * cast(substr(patient_id, 2) as integer)) as last_contact_on
from (
    values
        ('P01', '2021-01-10 10:00', 'axicabtagene ciloleucel', 65, 'male', '2021-01-29', true),
        ('P02', '2021-02-11 09:30', 'axicabtagene ciloleucel', 71, 'female', '2021-06-01', false),
        ('P03', '2021-03-12 11:00', 'lisocabtagene maraleucel', 58, 'male', null, false),
        ('P04', '2021-04-13 12:00', 'axicabtagene ciloleucel', 44, 'female', null, false),
        ('P05', '2021-05-14 13:00', 'axicabtagene ciloleucel', 62, 'male', null, false),
        ('P06', '2021-06-15 08:00', 'tisagenlecleucel', 50, 'male', null, false),
        ('P07', '2021-07-16 10:00', 'axicabtagene ciloleucel', 67, 'female', null, false),
        ('P08', '2021-08-17 10:00', 'axicabtagene ciloleucel', 39, 'male', null, false),
        ('P09', '2019-06-01 10:00', 'axicabtagene ciloleucel', 60, 'female', '2019-06-20', true),
        ('P10', '2020-03-01 10:00', 'axicabtagene ciloleucel', 55, 'male', '2020-12-01', false),
        ('P11', '2020-06-01 10:00', 'tisagenlecleucel', 70, 'female', null, false),
        ('P12', '2022-01-05 10:00', 'lisocabtagene maraleucel', null, 'male', null, false),
        ('P13', '2018-05-01 10:00', 'axicabtagene ciloleucel', 48, 'male', '2019-05-01', false),
        ('P14', '2019-09-01 10:00', 'axicabtagene ciloleucel', 33, 'female', null, false)
) as t (patient_id, infused_at, product, age_years, sex, died_on, is_toxicity_death);

create table marts.cohort as
select
    c.patient_id, study_group, treated.infused_at + to_days(index_study_day) as index_started_at,
    cast(index_study_day as integer) as index_study_day, treated.infused_at + to_days(1) as toxicity_onset_at,
    treated.infused_at + to_days(1) as first_onset_at,
    if(study_group = 'responder', date_trunc('day', treated.infused_at) + to_days(index_study_day + 2), null)
        as toxicity_resolved_at,
    treated.age_years, treated.sex, treated.product, ann_arbor_stage, cast(ipi as integer) as ipi,
    cast(prior_lines as integer) as prior_lines, is_refractory,
    cast(icans_grade_at_index as integer) as icans_grade_at_index,
    cast(crs_grade_at_index as integer) as crs_grade_at_index, cast(peak_icans_grade as integer) as peak_icans_grade,
    cast(peak_crs_grade as integer) as peak_crs_grade,
    cast(peak_icans_grade_before_index as integer) as peak_icans_grade_before_index,
    cast(peak_crs_grade_before_index as integer) as peak_crs_grade_before_index, best_response,
    'exact' as icans_grade_at_index_certainty,
    if(crs_grade_at_index is null, 'unknown', 'exact') as crs_grade_at_index_certainty,
    'exact' as peak_icans_grade_certainty, 'exact' as peak_crs_grade_certainty,
    'exact' as peak_icans_grade_before_index_certainty, 'exact' as peak_crs_grade_before_index_certainty
from (
    values
        ('P01', 'non_responder', 5, 4, 3, 2, true, 3, 3, 4, 3, 3, 3, 'NE'),
        ('P02', 'non_responder', 6, 4, 4, 3, true, 4, 0, 4, 2, 4, 2, 'PD'),
        ('P03', 'non_responder', 4, 3, 2, 2, false, 2, 1, 4, 3, 2, 1, 'PR'),
        ('P04', 'responder', 5, 2, 1, 1, false, 2, 0, 2, 1, 2, 1, 'CR'),
        ('P05', 'responder', 7, 4, 3, 2, true, 3, 0, 3, 2, 3, 2, 'CR'),
        ('P06', 'responder', 3, 3, 2, 4, false, 1, 1, 2, 1, 1, 1, 'PR'),
        ('P07', 'responder', 8, 4, null, 3, true, 2, null, 2, 1, 2, 1, 'CR'),
        ('P08', 'responder', 6, 4, 2, 2, true, 3, 2, 4, 2, 3, 2, 'SD')
) as c (
    patient_id, study_group, index_study_day, ann_arbor_stage, ipi, prior_lines, is_refractory, icans_grade_at_index,
    crs_grade_at_index, peak_icans_grade, peak_crs_grade, peak_icans_grade_before_index, peak_crs_grade_before_index,
    best_response
)
inner join marts.treated_patients as treated using (patient_id);

create table marts.cohort_attrition as
select *
from (
    values
        (0, 'Patients with usable records', null, 'all', 0, 15),
        (1, 'No usable CAR-T infusion on record', 'no_infusion', 'treated', 1, 14),
        (8, 'Infused outside the enrollment period', 'outside_enrolment_period', 'cohort', 3, 11),
        (9, 'Index drug not given by the last study day', 'no_index_drug', 'cohort', 3, 8)
) as t (step_number, step, reason, population, n_excluded, n_remaining);

create table marts.cohort_exclusions as
select *
from (
    values
        ('P09', 'outside_enrolment_period'), ('P09', 'no_index_drug'), ('P10', 'no_index_drug'),
        ('P11', 'no_index_drug'), ('P12', 'no_index_drug'), ('P13', 'outside_enrolment_period'),
        ('P14', 'outside_enrolment_period'), ('P15', 'no_infusion')
) as t (patient_id, reason);

create table marts.response_labels as
select
    cohort.patient_id, definition, study_group as outcome, case study_group when 'responder' then true when 'non_responder' then false end as is_responder, toxicity_resolved_at as resolved_at,
    false as is_dead_unresolved
from marts.cohort as cohort
cross join (values ('sustained'), ('first_grade_0')) as d (definition);

create table marts.toxicity_days as
select
    treated.patient_id, toxicity, cast(study_day as integer) as study_day,
    cast(
        case
            when study_day > 20 then null
            when study_day = 2 then coalesce(if(toxicity = 'ICANS', peak_icans_grade_before_index, peak_crs_grade_before_index), 0)
            when study_day = index_study_day + 1 then if(toxicity = 'ICANS', peak_icans_grade, peak_crs_grade)
            else 0
        end as integer
    ) as grade,
    study_day <= 20 as is_evaluable
from marts.treated_patients as treated
cross join (values ('ICANS'), ('CRS')) as t (toxicity)
cross join generate_series(0, 30) as s (study_day)
left join marts.cohort as cohort using (patient_id);

create table marts.steroid_administrations as
select
    administration_id, patient_id, cast(started_at as timestamp) as started_at, cast(null as timestamp) as ended_at,
    ingredient, route, cast(dose_mg as double) as dose_mg,
    cast(dexamethasone_equivalent_mg as double) as dexamethasone_equivalent_mg, is_counted, not_counted_reason
from (
    values
        ('A1', 'P01', '2021-01-12 10:00', 'dexamethasone', 'intravenous', 40.0, 40.0, true, null),
        ('A2', 'P05', '2021-05-15 10:00', 'dexamethasone', 'oral', 40.0, 40.0, true, null),
        ('A3', 'P05', '2021-05-16 10:00', 'prednisolone', 'ophthalmic', 1.0, 0.0, false, 'route_not_systemic')
) as t (
    administration_id, patient_id, started_at, ingredient, route, dose_mg, dexamethasone_equivalent_mg, is_counted,
    not_counted_reason
);

create table marts.steroid_exposure as
with doses (patient_id, dose_before, dose_after) as (
    values
        ('P01', 40.0, 900.0), ('P02', 60.0, 800.0), ('P03', 20.0, 700.0), ('P04', 0.0, 100.0), ('P05', 40.0, 300.0),
        ('P06', 0.0, 0.0), ('P07', 30.0, 250.0), ('P08', 80.0, 200.5)
),

others (patient_id, dose) as (
    values ('P09', 50.0), ('P10', 0.0), ('P11', 0.0), ('P12', 10.0), ('P13', 0.0), ('P14', 0.0)
),

windows as (
    select patient_id, 'before_index' as exposure_window, dose_before as dose from doses
    union all
    select patient_id, 'after_index', dose_after from doses
    union all
    select patient_id, 'total', dose_before + dose_after from doses
    union all
    select patient_id, 'total', dose from others
)

select
    patient_id, exposure_window, cast(dose as double) as dexamethasone_equivalent_mg,
    cast(if(dose > 0, 2, 0) * if(exposure_window = 'total' and patient_id in ('P01', 'P02', 'P03', 'P05', 'P07', 'P08'), 2, 1) as bigint) as n_administrations,
    cast(0 as bigint) as n_unresolved_doses, false as is_lower_bound, 'exact' as certainty
from windows;

create table marts.lab_baseline as
with cohort_values (patient_id, hemoglobin, crp, ferritin, ldh) as (
    values
        ('P01', 7.9, 80.0, 1500.0, 410.0), ('P02', 8.5, 73.0, 1236.0, 367.0), ('P03', 9.1, 12.0, 300.0, 240.0),
        ('P04', 11.0, 5.0, 200.0, 180.0), ('P05', 10.2, 11.9, 399.0, 218.5), ('P06', 9.5, 20.0, 410.0, 250.0),
        ('P07', 10.8, 3.0, null, 205.0), ('P08', 8.5, 40.0, 600.0, 300.0)
),

everyone as (
    select
        patient_id, coalesce(hemoglobin, 10.0) as hemoglobin, coalesce(crp, 10.0) as crp,
        if(patient_id = 'P07', null, coalesce(ferritin, 350.0)) as ferritin, coalesce(ldh, 220.0) as ldh
    from marts.treated_patients
    left join cohort_values using (patient_id)
),

long as (
    select patient_id, 'hemoglobin' as analyte, hemoglobin as value, 'g/dL' as unit from everyone
    union all
    select patient_id, 'crp', crp, 'mg/L' from everyone
    union all
    select patient_id, 'ferritin', ferritin, 'ng/mL' from everyone
    union all
    select patient_id, 'ldh', ldh, 'U/L' from everyone
    union all
    select patient_id, 'platelets', 150 + hemoglobin, '10^9/L' from everyone
    union all
    select patient_id, 'neutrophils', hemoglobin / 4, '10^9/L' from everyone
    union all
    select patient_id, 'creatinine', hemoglobin / 10, 'mg/dL' from everyone
)

select
    long.patient_id, analyte, cast(value as double) as value, unit, if(value is not null, 'none', null) as censoring,
    if(value is not null, infused_at - to_days(7), null) as collected_at, 'lymphodepletion' as anchor,
    if(value is not null, cast(2.0 as double), null) as days_before_anchor, if(value is not null, false, null) as is_late,
    if(value is not null, 'exact', 'unknown') as certainty
from long
inner join marts.treated_patients using (patient_id);

create table marts.lab_daily_grid as
with points as (
    select
        treated.patient_id, analyte, study_day,
        base * day_factor * (1 + cast(substr(treated.patient_id, 2) as integer) / if(patient_id <= 'P03', 2, 10)) as value
    from marts.treated_patients as treated
    cross join (values ('ferritin', 500.0), ('ldh', 200.0), ('crp', 20.0)) as a (analyte, base)
    cross join (values (0, 1.0), (3, 3.0), (7, 2.0), (10, 1.5), (20, 0.5)) as d (study_day, day_factor)
    where not (treated.patient_id = 'P06' and study_day > 3) and not (treated.patient_id = 'P01' and study_day > 15)
),

days as (
    select patient_id, analyte, cast(study_day as integer) as study_day
    from (select distinct patient_id, analyte from points)
    cross join generate_series(0, 30) as s (study_day)
),

placed as (
    select
        days.patient_id, days.analyte, days.study_day, points.value as observed,
        last_value(points.study_day ignore nulls) over before as day_before,
        last_value(points.value ignore nulls) over before as value_before,
        first_value(points.study_day ignore nulls) over after as day_after,
        first_value(points.value ignore nulls) over after as value_after
    from days
    left join points using (patient_id, analyte, study_day)
    window
        before as (partition by days.patient_id, days.analyte order by days.study_day rows unbounded preceding),
        after as (partition by days.patient_id, days.analyte order by days.study_day rows between current row and unbounded following)
)

select
    patient_id, analyte, study_day, if(study_day = 0 and patient_id = 'P02', null, observed) as observed_value,
    case
        when observed is not null then observed
        else value_before + (value_after - value_before) * (study_day - day_before) / (day_after - day_before)
    end as value,
    case
        when observed is not null and study_day = 0 and patient_id = 'P02' then 'carried'
        when observed is not null then 'observed'
        when value_after is null then 'missing'
        else 'interpolated'
    end as value_origin,
    cast(if(observed is not null and not (study_day = 0 and patient_id = 'P02'), 1, 0) as bigint) as n_results,
    false as is_right_censored, false as is_left_censored,
    if(observed is null and value_after is null, 'unknown', 'exact') as certainty, false as is_unread
from placed;

create table marts.era_mortality as
select
    era, count(*) as n_treated, count(*) filter (where is_dead) as n_deaths,
    count(*) filter (where is_toxicity_death) as n_toxicity_deaths,
    100.0 * count(*) filter (where is_toxicity_death) / count(*) filter (where is_dead) as pct_of_deaths,
    100.0 * count(*) filter (where is_toxicity_death) / count(*) as pct_of_treated,
    count(*) filter (where is_dead and is_toxicity_death is null) as n_deaths_of_unknown_cause,
    count(*) filter (where is_dead is null) as n_unknown_vital_status,
    if(n_deaths_of_unknown_cause + n_unknown_vital_status > 0, 'at_least', 'exact') as certainty
from marts.treated_patients
group by era;

create table marts.quarantined_records as
select *
from (
    values
        ('lab_results', 'R9', 'lab_results.csv', 17, 'missing_result', 'R9,P01,,'),
        ('patients', 'P99', 'patients.csv', 4, 'missing_birth_date', 'P99,,male')
) as t (entity, record_id, source_file, line_number, reason, raw_record);

create table marts.record_conservation as
select *
from (
    values
        ('patients', 17, 15, 1, 0, 1), ('infusions', 16, 16, 0, 0, 0), ('medication_administrations', 40, 40, 0, 0, 0),
        ('lab_results', 500, 490, 6, 3, 1), ('toxicity_assessments', 300, 300, 0, 0, 0),
        ('response_assessments', 20, 20, 0, 0, 0), ('vital_status', 15, 15, 0, 0, 0)
) as t (entity, n_raw, n_accepted, n_duplicate, n_superseded, n_quarantined);

create table marts.grade_agreement as
select toxicity, cast(computed_grade as integer) as computed_grade, cast(recorded_grade as integer) as recorded_grade,
    cast(n_assessments as bigint) as n_assessments, cast(1 as bigint) as n_patients
from (
    values ('ICANS', 0, 0, 10), ('ICANS', 1, 1, 5), ('ICANS', 1, 2, 3), ('ICANS', 2, 2, 4), ('ICANS', 0, 2, 1)
) as t (toxicity, computed_grade, recorded_grade, n_assessments);

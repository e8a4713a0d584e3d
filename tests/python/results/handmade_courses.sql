-- The rest of the marts of the fourteen invented patients, in agreement with those of handmade.sql: courses of the toxicities,
-- deaths, days of glucocorticoids, scores, and what was nulled or doubted.
create table marts.toxicity_course as
select
    cohort.patient_id, toxicity, cohort.toxicity_onset_at as onset_at, 1 as onset_day,
    cohort.toxicity_resolved_at as resolved_at,
    cast(if(study_group = 'responder', index_study_day + 2, null) as integer) as resolved_day,
    cast(if(study_group = 'responder', index_study_day + 2, null) as integer) as duration_days,
    cast(if(cohort.patient_id = 'P04', 15, null) as integer) as recurred_day,
    if(cohort.patient_id = 'P04', date_trunc('day', index_started_at) + to_days(10), null) as recurred_at,
    if(toxicity = 'ICANS', peak_icans_grade, peak_crs_grade) as peak_grade,
    if(toxicity = 'ICANS', icans_grade_at_index, crs_grade_at_index) as grade_at_index,
    if(toxicity = 'ICANS', peak_icans_grade_before_index, peak_crs_grade_before_index) as peak_grade_before_index
from marts.cohort as cohort
cross join (values ('ICANS'), ('CRS')) as t (toxicity);

create table marts.deaths as
select
    patient_id, died_on, cast(date_diff('day', cast(infused_at as date), died_on) as integer) as death_day,
    if(is_toxicity_death, null, died_on - 30) as relapsed_on, cause as cause_of_death,
    cast(null as varchar) as contributing_cause, cause as cause_by_ebmt, cause as cause_by_cibmtr,
    cast(null as varchar) as contributing_cause_by_cibmtr, is_toxicity_death as is_non_relapse_death, is_toxicity_death
from (select *, if(is_toxicity_death, 'ICANS', 'LYM') as cause from marts.treated_patients where is_dead) as dead;

create table marts.steroid_days as
select
    patient_id, cast(if(exposure_window = 'after_index', 10, 1) as integer) as study_day, dexamethasone_equivalent_mg,
    cast(n_administrations as integer) as n_administrations, is_lower_bound, false as is_doubtful, certainty
from marts.steroid_exposure
where
    dexamethasone_equivalent_mg > 0
    and (exposure_window <> 'total' or patient_id not in (select patient_id from marts.cohort));

create table marts.baseline_scores as
with quantities as (
    select
        patient_id, max(value) filter (where analyte = 'ldh') as ldh,
        max(value) filter (where analyte = 'creatinine') as creatinine,
        max(value) filter (where analyte = 'platelets') as platelets, max(value) filter (where analyte = 'crp') as crp
    from marts.lab_baseline
    group by patient_id
),

bounds as (
    select *, if(patient_id = 'P07', 1, 2) as ipi_min, 2 as ipi_max from quantities
)

select
    patient_id, if(ipi_min = ipi_max, ipi_min, null) as ipi, ipi_min, ipi_max,
    if(ipi_min = ipi_max, 'low_intermediate', null) as ipi_category, if(ipi_min = ipi_max, 5, 4) as ipi_n_components,
    if(ipi_min = ipi_max, null, 'stage') as ipi_undetermined_components, ipi_max as recorded_ipi,
    ldh * creatinine / platelets as easix, 'none' as easix_censoring, 3 as easix_n_components,
    ldh * crp / 10 / platelets as m_easix, 'none' as m_easix_censoring, 3 as m_easix_n_components,
    ldh / platelets as s_easix, 'none' as s_easix_censoring, 2 as s_easix_n_components, 'low' as easix_category,
    1 as car_hematotox, 1 as car_hematotox_min, 1 as car_hematotox_max, 'low' as car_hematotox_category,
    5 as car_hematotox_n_components, cast(null as varchar) as car_hematotox_undetermined_components,
    cast(null as varchar) as estimated_analytes, cast(null as varchar) as analytes_after_lymphodepletion
from bounds;

create table marts.nulled_values as
select 'toxicity_assessments' as entity, 'T7' as record_id, 'toxicity_assessments.csv' as source_file,
    cast(12 as bigint) as line_number, 'unknown_seizure' as reason;

insert into marts.record_conservation values ('observation', 30, 30, 0, 0, 0);

create table marts.cdm_rows as
select 'observation' as cdm_table, 'toxicity_assessments' as became, 'read' as reason, cast(10 as bigint) as n_rows
union all
select 'observation' as cdm_table, 'no record' as became, 'not_an_assessment' as reason, cast(20 as bigint) as n_rows;

create table marts.terminology_coverage as
select 'drug' as term_kind, 'rxnorm' as vocabulary, '3264' as code, 'decadron' as source_text, 'dexamethasone' as mapped_to,
    cast(null as varchar) as not_mapped_because, cast(12 as bigint) as n_records;

create table marts.site_row_counts as
select 'words/words_products.csv' as file, 2 as row_number, 'words_products' as seed, 'MyBrand' as row_name,
    'tisagenlecleucel' as stands_for, false as replaces, cast(12 as bigint) as n_records;

create table marts.lab_unit_warnings as
select '' as code_system, '' as code, 'Ferritin' as test_name, 'ug/dL' as unit, date '2021-01-01' as collected_month,
    'ferritin' as analyte, 'ng/mL' as implied_units, 9 as n_compared, 8 as n_contradicting,
    cast(300 as double) as median_reference_high, 0 as n_patients_apart;

create table marts.grade_reviews as
select 'P01' as patient_id, 'ICANS' as toxicity, 'ice_0_without_consciousness' as reason, 4 as first_study_day
union all
select 'P09' as patient_id, 'ICANS' as toxicity, 'deficit_before_infusion' as reason, -2 as first_study_day;

create table marts.reviews as
select 'P01' as patient_id, 'grade_between_grades' as reason, cast(2 as bigint) as n_records,
    'toxicity_assessments T1|toxicity_assessments T2' as records;

alter table marts.toxicity_course add column certainty varchar;
update marts.toxicity_course set certainty = case when peak_grade is null then 'unknown' else 'exact' end;
alter table marts.toxicity_course add column onset_certainty varchar;
alter table marts.toxicity_course add column resolved_certainty varchar;
alter table marts.toxicity_course add column duration_certainty varchar;
update marts.toxicity_course
set
    onset_certainty = 'exact', resolved_certainty = if(resolved_day is null, 'unknown', 'exact'),
    duration_certainty = if(resolved_day is null, 'unknown', 'exact');
alter table marts.toxicity_course add column recurred_certainty varchar;
update marts.toxicity_course set recurred_certainty = if(recurred_day is null, 'unknown', 'exact');
alter table marts.toxicity_course add column grade_at_index_certainty varchar;
update marts.toxicity_course set grade_at_index_certainty = case when grade_at_index is null then 'unknown' else 'exact' end;
alter table marts.toxicity_course add column peak_grade_before_index_certainty varchar;
update marts.toxicity_course
set peak_grade_before_index_certainty = case when peak_grade_before_index is null then 'unknown' else 'exact' end;

alter table marts.toxicity_days add column certainty varchar;
update marts.toxicity_days set certainty = case when grade is null then 'unknown' else 'exact' end;

create table marts.improvements as
select
    patient_id, within_hours, icans_grade_at_index as grade_at_index,
    if(patient_id in ('P02', 'P05'), 'at_least', 'exact') as grade_at_index_certainty,
    cast(lowest_grade as integer) as lowest_grade,
    if(patient_id in ('P03', 'P05'), 'at_least', 'exact') as lowest_grade_certainty,
    if(patient_id = 'P05', null, icans_grade_at_index - cast(lowest_grade as integer)) as grades_fallen,
    icans_grade_at_index - cast(lowest_grade as integer) - if(patient_id in ('P03', 'P05'), 2, 0) as least_fallen,
    icans_grade_at_index - cast(lowest_grade as integer) + if(patient_id in ('P02', 'P05'), 2, 0) as most_fallen,
    case patient_id when 'P02' then 'at_least' when 'P03' then 'at_most' when 'P05' then 'unknown' else 'exact' end as certainty
from marts.cohort as cohort
cross join (values (48, 2), (72, 1)) as h (within_hours, lowest_grade);

create table marts.response_windows as
select treated.patient_id, response_window, response, cast(study_day as integer) as study_day
from marts.treated_patients as treated
cross join (values ('day_30', 'PR', 28), ('day_90', 'NE', null)) as w (response_window, response, study_day);

create table marts.lab_copy_warnings as
select
    'P01' as patient_id, 300 as offset_minutes, 4 as n_values, 5 as n_pairs, 1 as n_on_other_day, 'crp|ferritin' as analytes,
    12 as n_compared, 10 as n_alike;

alter table marts.steroid_exposure add column dexamethasone_equivalent_mg_080 double;
alter table marts.steroid_exposure add column dexamethasone_equivalent_mg_100 double;
update marts.steroid_exposure
set
    dexamethasone_equivalent_mg_080 = dexamethasone_equivalent_mg * if(patient_id = 'P01', 0.1, 1.25),
    dexamethasone_equivalent_mg_100 = dexamethasone_equivalent_mg * 1.5;

-- The records behind the marts of the fourteen invented patients, made from those marts, and the ids that lead to them.
create table marts.medication_administrations as
select
    administration_id, patient_id, started_at, ended_at, 'given' as status, ingredient as medication_text, ingredient,
    'glucocorticoid' as drug_class, route, 'medication_administrations.csv' as source_file,
    2 + row_number() over (order by administration_id) as line_number
from marts.steroid_administrations
union all
select
    'D' || patient_id, patient_id, index_started_at, null, 'given', 'Kineret', 'anakinra', 'anticytokine', 'subcutaneous',
    'medication_administrations.csv', 100 + row_number() over (order by patient_id)
from marts.cohort;

alter table marts.cohort add column index_administration_id varchar;
update marts.cohort set index_administration_id = 'D' || patient_id;

create table marts.toxicity_assessments as
select
    'T' || patient_id || '-' || study_day as assessment_id, patient_id,
    infused_at + to_days(cast(study_day as integer)) as assessed_at, cast(37.0 as double) as temperature_c, cast(10 as integer) as ice_score,
    cast(null as integer) as recorded_crs_grade, cast(null as integer) as recorded_icans_grade,
    'toxicity_assessments.csv' as source_file, 1 + row_number() over (order by patient_id, study_day) as line_number
from (select distinct patient_id, study_day from marts.toxicity_days where is_evaluable) as days
inner join marts.treated_patients using (patient_id);

alter table marts.toxicity_days add column deciding_assessment_id varchar;
update marts.toxicity_days set deciding_assessment_id = 'T' || patient_id || '-' || study_day where is_evaluable;

create table marts.lab_results as
with results as (
    select 'B' || patient_id || analyte as result_id, patient_id, analyte, collected_at, value, unit
    from marts.lab_baseline
    where value is not null
    union all
    select
        'G' || patient_id || analyte || study_day, patient_id, analyte, infused_at + to_days(cast(study_day as integer)),
        observed_value, canonical_unit
    from marts.lab_daily_grid
    inner join marts.treated_patients using (patient_id)
    inner join (values ('ferritin', 'ng/mL'), ('ldh', 'U/L'), ('crp', 'mg/L')) as u (analyte, canonical_unit) using (analyte)
    where observed_value is not null
)

select
    result_id, patient_id, analyte, collected_at, cast(value as varchar) as raw_result, unit as raw_unit, value, unit,
    'none' as censoring, cast(null as varchar) as unusable_reason, cast(null as varchar) as not_counted_reason,
    'lab_results.csv' as source_file, 1 + row_number() over (order by result_id) as line_number
from results
union all
select
    'H1', 'P01', 'ldh', timestamp '2021-01-11 06:00', '900', 'U/L', null, 'U/L', 'none', 'hemolysed_specimen', null,
    'lab_results.csv', 100000;

alter table marts.lab_baseline add column result_id varchar;
update marts.lab_baseline set result_id = 'B' || patient_id || analyte where value is not null;
alter table marts.lab_daily_grid add column result_ids varchar;
update marts.lab_daily_grid set result_ids = 'G' || patient_id || analyte || study_day where observed_value is not null;

create table marts.record_dispositions as
select
    entity, cast(null as varchar) as record_id, cast(null as varchar) as patient_id, entity || '.csv' as source_file,
    row_number() over (partition by entity) + 1 as line_number, disposition,
    if(disposition = 'accepted', null, disposition) as reason
from (
    select entity, 'accepted' as disposition, unnest(range(n_accepted)) as n from marts.record_conservation
    union all
    select entity, 'duplicate', unnest(range(n_duplicate)) from marts.record_conservation
    union all
    select entity, 'superseded', unnest(range(n_superseded)) from marts.record_conservation
    union all
    select entity, 'quarantined', unnest(range(n_quarantined)) from marts.record_conservation
) as records
where entity not in (select cdm_table from marts.cdm_rows);

create table marts.patient_days as
select
    days.patient_id, days.study_day, cast(infused_at as date) + days.study_day as date, cohort.study_group, cohort.product,
    max(grade) filter (where toxicity = 'ICANS') as icans_grade, max(grade) filter (where toxicity = 'CRS') as crs_grade,
    coalesce(max(doses.dexamethasone_equivalent_mg), 0.0) as dexamethasone_equivalent_mg,
    false as is_dexamethasone_lower_bound,
    max(value) filter (where analyte = 'ferritin') as ferritin_ng_ml, false as is_ferritin_bound,
    max(value) filter (where analyte = 'ldh') as ldh_u_l, false as is_ldh_bound,
    max(value) filter (where analyte = 'crp') as crp_mg_l, false as is_crp_bound,
    sum(coalesce(max(doses.dexamethasone_equivalent_mg), 0.0)) over (partition by days.patient_id order by days.study_day)
        as cumulative_dexamethasone_equivalent_mg,
    'exact' as cumulative_dexamethasone_certainty
from marts.toxicity_days as days
inner join marts.cohort as cohort on days.patient_id = cohort.patient_id
inner join marts.treated_patients as treated on days.patient_id = treated.patient_id
left join marts.lab_daily_grid as grid on days.patient_id = grid.patient_id and days.study_day = grid.study_day
left join marts.steroid_days as doses on days.patient_id = doses.patient_id and days.study_day = doses.study_day
group by days.patient_id, days.study_day, infused_at, cohort.study_group, cohort.product;

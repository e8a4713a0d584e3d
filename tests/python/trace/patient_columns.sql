-- What the handmade marts leave out and a patient's trace shows, with texts that would run in a page or move a terminal.
alter table marts.toxicity_assessments add column hypotension boolean;
alter table marts.toxicity_assessments add column vasopressors varchar;
alter table marts.toxicity_assessments add column oxygen_support varchar;
alter table marts.toxicity_assessments add column oxygen_flow_l_min double;
alter table marts.toxicity_assessments add column consciousness varchar;
alter table marts.toxicity_assessments add column seizure varchar;
alter table marts.toxicity_assessments add column motor_weakness boolean;
alter table marts.toxicity_assessments add column raised_icp varchar;
alter table marts.toxicity_assessments add column sedated boolean;
alter table marts.toxicity_days add column n_assessments integer;
update marts.toxicity_days set n_assessments = if(is_evaluable, 1, 0);
alter table marts.medication_administrations add column dose_text varchar;
alter table marts.medication_administrations add column dose_unit_text varchar;
alter table marts.medication_administrations add column route_text varchar;
alter table marts.medication_administrations add column frequency_text varchar;
update marts.medication_administrations set route_text = '<b>given</b>', medication_text = '[bold]Dexa' || chr(27) || '[2J';
alter table marts.steroid_administrations add column source_file varchar;
alter table marts.steroid_administrations add column line_number bigint;
insert into marts.record_dispositions
select 'patients', patient_id, patient_id, 'patients.csv', row_number() over (order by patient_id), 'accepted', null
from marts.treated_patients;

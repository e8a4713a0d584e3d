-- What a whole file does not tell, one row each: the kind of record, of how many records or patients it is not told, and of all.
select 'toxicity_assessments' as entity, 'no_time' as silence, count(*) filter (where is_date_alone) as n, count(*) as n_of
from intermediate.int_toxicity_assessments__all
where disposition = 'accepted'
union all
select 'medication_administrations' as entity, 'no_time' as silence, count(*) filter (where is_date_alone) as n, count(*) as n_of
from intermediate.int_medication_administrations__all
where disposition = 'accepted'
union all
select 'vital_status' as entity, 'no_record' as silence, count(*) filter (where told.patient_id is null) as n, count(*) as n_of
from (
    select distinct patient_id from intermediate.int_infusions__all
    where disposition = 'accepted'
) as infused
left join (select distinct patient_id from intermediate.int_vital_status__all) as told on infused.patient_id = told.patient_id
order by entity, silence

select entity, column_name, term, sum(n_records)::bigint as n_records, sum(n_patients)::bigint as n_patients
from intermediate.int_terminology__terms
where mapped_to is null
group by entity, column_name, term
order by entity, column_name, n_records desc, term

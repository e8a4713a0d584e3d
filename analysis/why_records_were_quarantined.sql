-- Which records could not be used, and why: the list to take back to the people who made the extract.
-- depends_on: {{ ref('quarantined_records') }}
select
    entity,
    reason,
    count(*) as n_records,
    min(source_file) as first_file,
    min(line_number) as first_line
from marts.quarantined_records
group by entity, reason
order by n_records desc, entity asc, reason asc

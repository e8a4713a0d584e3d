-- Draws of which a version cannot be read, with the highest status that one has: it supersedes nothing, but says that a value of
-- a lower status is another.
select
    patient_id,
    analyte,
    collected_at,
    max(status_precedence) as unread_precedence
from {{ ref('int_labs__unread') }}
group by patient_id, analyte, collected_at

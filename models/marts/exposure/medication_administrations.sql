with administrations as (
    select * from {{ accepted('medication_administrations') }}
)

select
    administration_id,
    patient_id,
    started_at,
    ended_at,
    status,
    medication as medication_text,
    code_system,
    code,
    ingredient,
    drug_class,
    is_depot_form,
    is_local_form,
    dose as dose_text,
    dose_unit as dose_unit_text,
    product_strength as product_strength_text,
    route_text,
    route,
    is_systemic_route,
    frequency as frequency_text,
    doses_per_day,
    purpose,
    source_file,
    line_number
from administrations

with judged as (
    select * from {{ ref('int_exposure__administrations') }}
)

select
    administration_id,
    patient_id,
    started_at,
    ended_at,
    ingredient,
    route,
    case when unresolved_reason is null then single_dose_mg * n_doses end as dose_mg,
    case
        when is_counted then single_dose_mg * n_counted_doses * dexamethasone_factor
        when not is_unresolved then 0.0
    end as dexamethasone_equivalent_mg,
    is_counted,
    not_counted_reason,
    status,
    purpose,
    dose as dose_text,
    dose_unit as dose_unit_text,
    route_text,
    n_doses,
    is_single_dose_of_order,
    frequency as frequency_text,
    product_strength as product_strength_text,
    source_file,
    line_number
from judged

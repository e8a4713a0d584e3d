-- Eras of a glucocorticoid of which no row tells a dose: something was given in them, and nobody knows how much.
with eras as (
    select * from {{ ref('int_omop__glucocorticoid_eras') }}
    where {{ "true" if record_origins()['medication_administrations'] == 'omop' else "false" }}
),

read_doses as (
    select * from {{ ref('int_exposure__read_doses') }}
)

select
    eras.era_id,
    eras.patient_id,
    eras.starts_at,
    eras.ends_at
from eras
left join read_doses
    on
        eras.patient_id = read_doses.patient_id
        and eras.ingredient = read_doses.ingredient
        and eras.starts_at <= read_doses.started_at
        and eras.ends_at > read_doses.started_at
where read_doses.administration_id is null

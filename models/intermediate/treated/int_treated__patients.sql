with candidates as (
    select * from {{ ref('int_treated__infusions') }}
    where is_candidate
),

patients as (
    select * from {{ ref('int_records__patients') }}
),

prior_car_t as (
    select * from {{ ref('int_exclusions__prior_car_t') }}
),

unclear_infusions as (
    select * from {{ ref('int_exclusions__unclear_infusions') }}
),

lymphodepletion as (
    select * from {{ ref('int_treated__lymphodepletion') }}
),

vital_status as (
    select * from {{ ref('int_treated__vital_status') }}
),

aged as (
    select
        candidates.*,
        patients.sex,
        patients.birth_date,
        {{ full_years_between('patients.birth_date', 'candidates.infused_at') }} as years_at_infusion,
        lymphodepletion.started_at as lymphodepletion_started_at,
        lymphodepletion.first_dose_at as lymphodepletion_dosed_at,
        lymphodepletion.is_dose_set_aside,
        vital_status.is_dead,
        vital_status.died_on,
        vital_status.last_contact_on
    from candidates
    inner join patients on candidates.patient_id = patients.patient_id
    inner join lymphodepletion on candidates.patient_id = lymphodepletion.patient_id
    left join vital_status on candidates.patient_id = vital_status.patient_id
    where
        candidates.patient_id not in (select prior_car_t.patient_id from prior_car_t)
        and candidates.patient_id not in (select unclear_infusions.patient_id from unclear_infusions)
)

select
    *,
    {{ within_plausible('years_at_infusion', 'age') }} as age_years,
    case
        when birth_date is null then 'unknown_birth_date'
        when {{ within_plausible('years_at_infusion', 'age') }} is null then 'implausible_age'
    end as age_null_reason
from aged

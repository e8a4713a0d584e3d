-- The recorded start stands, unless lymphodepleting drugs were given again later: then the last start does. Doses alone,
-- without a recorded start, make none. A dose that was set aside makes no start, but may be the first since. Source: US label of
-- Kymriah, which repeats lymphodepletion where the infusion was delayed by weeks.
with candidates as (
    select * from {{ ref('int_treated__infusions') }}
    where is_candidate
),

doses as (
    select patient_id, started_at, false as is_set_aside from {{ given_drugs() }}
    where drug_class = 'lymphodepletion'
    union all
    select patient_id, started_at, true as is_set_aside from {{ set_aside('medication_administrations') }}
    where drug_class = 'lymphodepletion' and coalesce(status, 'given') = 'given' and not is_zero_dose
),

plausibility as (
    select * from {{ ref('plausibility') }}
    where quantity = 'lymphodepletion_to_infusion'
),

charted as (
    select
        candidates.patient_id,
        candidates.recorded_lymphodepletion_at,
        doses.started_at,
        doses.is_set_aside,
        {{ days_between('doses.started_at', 'candidates.infused_at') }} as days_to_infusion,
        plausibility.reject_low as least_days
    from candidates
    inner join doses on candidates.patient_id = doses.patient_id
    cross join plausibility
    where
        doses.started_at < candidates.infused_at
        and {{ days_between('doses.started_at', 'candidates.infused_at') }} <= plausibility.reject_high
),

given as (
    select
        patient_id,
        recorded_lymphodepletion_at as started_at
    from candidates
    union all
    select
        patient_id,
        started_at
    from charted
    where
        not is_set_aside
        and started_at > recorded_lymphodepletion_at
        and days_to_infusion >= least_days
),

followed as (
    select
        *,
        lag(started_at) over (partition by patient_id order by started_at) as previous_at
    from given
),

starts as (
    select
        patient_id,
        max(started_at) as started_at
    from followed
    where
        previous_at is null
        or {{ days_between('previous_at', 'started_at') }} > {{ integer_var('lymphodepletion_again_days') }}
    group by patient_id
),

first_doses as (
    select
        charted.patient_id,
        min(charted.started_at) as first_dose_at,
        coalesce(min(charted.started_at) < min(case when not charted.is_set_aside then charted.started_at end), true)
            as is_dose_set_aside
    from charted
    left join starts on charted.patient_id = starts.patient_id
    where charted.started_at >= coalesce(cast(starts.started_at as date), charted.started_at)
    group by charted.patient_id
)

select
    candidates.patient_id,
    starts.started_at,
    first_doses.first_dose_at,
    first_doses.is_dose_set_aside
from candidates
left join starts on candidates.patient_id = starts.patient_id
left join first_doses on candidates.patient_id = first_doses.patient_id

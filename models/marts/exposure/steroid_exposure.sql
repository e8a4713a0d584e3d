-- What was given in each window of a cohort patient: every systemic dose that counts, times the factor of its glucocorticoid, an
-- infusion by its time in the window; at least that much where a dose is not known. Rounded to a billionth of a milligram, so
-- that equal doses tie whatever the order in which they were summed.
with windows as (
    select * from {{ ref('int_cohort__exposure_windows') }}
),

split_doses as (
    select * from {{ ref('int_cohort__window_doses') }}
),

unknown_patients as (
    select * from {{ ref('int_exposure__unknown_patients') }}
),

plausibility as (
    select * from {{ ref('plausibility') }}
    where quantity = 'dexamethasone_equivalent_window'
),

summed as (
    select
        windows.patient_id,
        windows.exposure_window,
        {%- for factor in ['', '_080', '_100'] %}
            round(
                coalesce(sum(split_doses.share_in_window * split_doses.dexamethasone_equivalent_mg{{ factor }}), 0.0), 9
            ) as dexamethasone_equivalent_mg{{ factor }},
        {%- endfor %}
        count(distinct case when split_doses.dose_number is not null then split_doses.administration_id end)
            as n_administrations,
        count(distinct case when split_doses.is_unresolved then split_doses.administration_id end) as n_unresolved_doses,
        coalesce(bool_or(split_doses.is_lower_bound), false) as is_lower_bound,
        {{ dose_certainty('split_doses') }} as certainty,
        bool_or(unknown_patients.patient_id is not null) as is_unknown
    from windows
    left join split_doses
        on
            windows.patient_id = split_doses.patient_id
            and windows.exposure_window = split_doses.exposure_window
    left join unknown_patients on windows.patient_id = unknown_patients.patient_id
    group by windows.patient_id, windows.exposure_window
)

select
    summed.patient_id,
    summed.exposure_window,
    case when not summed.is_unknown then summed.dexamethasone_equivalent_mg end as dexamethasone_equivalent_mg,
    cast(summed.n_administrations as integer) as n_administrations,
    cast(summed.n_unresolved_doses as integer) as n_unresolved_doses,
    summed.is_lower_bound or summed.is_unknown as is_lower_bound,
    case when summed.is_unknown then 'unknown' else summed.certainty end as certainty,
    case when not summed.is_unknown then summed.dexamethasone_equivalent_mg_080 end as dexamethasone_equivalent_mg_080,
    case when not summed.is_unknown then summed.dexamethasone_equivalent_mg_100 end as dexamethasone_equivalent_mg_100,
    case
        when not summed.is_unknown then summed.dexamethasone_equivalent_mg > plausibility.warn_high
    end as is_doubtful
from summed
cross join plausibility

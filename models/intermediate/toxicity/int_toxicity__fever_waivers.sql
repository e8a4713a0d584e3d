-- From when on fever is no longer required in an episode of CRS: from the first antipyretic, anticytokine drug or steroid of the
-- hours before its first fever, or later. How much was given does not matter, nor by which systemic route; a suppository for
-- fever acts in the whole body, eye drops do not. From when it may not have been required: a row that cannot be read may have
-- been such a drug, one with its date alone may be of any hour, and a fever that cannot be read may have begun it before.
with episodes as (
    select
        patient_id,
        episode_started_at,
        min(first_unreadable_at) as may_have_started_at
    from {{ ref('int_toxicity__crs_episodes') }}
    where episode_started_at is not null
    group by patient_id, episode_started_at
),

roles as (
    select * from {{ ref('drug_class_roles') }}
    where waives_fever
),

administrations as (
    select
        rows_of_drugs.patient_id,
        rows_of_drugs.started_at,
        case
            when rows_of_drugs.is_date_alone then {{ days_after('rows_of_drugs.started_at', 1) }} else rows_of_drugs.started_at
        end as started_until,
        rows_of_drugs.disposition = 'accepted' and roles.drug_class is not null as is_read
    from {{ ref('int_medication_administrations__all') }} as rows_of_drugs
    left join roles on rows_of_drugs.drug_class = roles.drug_class
    where
        rows_of_drugs.disposition in ('accepted', 'quarantined')
        and (roles.drug_class is not null or rows_of_drugs.is_suspected_glucocorticoid)
        and coalesce(rows_of_drugs.status = 'given', rows_of_drugs.disposition = 'quarantined')
        and not rows_of_drugs.is_zero_dose
        and (
            not rows_of_drugs.is_local
            or (rows_of_drugs.route = 'rectal' and coalesce(rows_of_drugs.drug_class != 'glucocorticoid', false))
        )
),

placed as (
    select
        episodes.patient_id,
        episodes.episode_started_at,
        administrations.is_read
        and {{ seconds_between('administrations.started_at', 'episodes.episode_started_at') }}
        <= {{ integer_var('waiver_hours_before_fever') }} * 3600.0 as is_waiver,
        administrations.started_until as given_until,
        coalesce(administrations.started_at, episodes.episode_started_at) as given_at
    from episodes
    inner join administrations on episodes.patient_id = administrations.patient_id
    where
        coalesce(
            {{ seconds_between(
                'administrations.started_until', 'least(episodes.may_have_started_at, episodes.episode_started_at)'
            ) }}
            <= {{ integer_var('waiver_hours_before_fever') }} * 3600.0, true
        )
)

select
    patient_id,
    episode_started_at,
    min(case when is_waiver then given_until end) as waived_from,
    min(given_at) as may_be_waived_from
from placed
group by patient_id, episode_started_at

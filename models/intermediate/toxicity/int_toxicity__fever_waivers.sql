-- From when on fever is no longer required in an episode of CRS: from the first antipyretic, anticytokine drug or steroid of the
-- hours before its first fever, or later. How much was given does not matter, nor by which systemic route; a suppository for
-- fever acts in the whole body, eye drops do not.
with episodes as (
    select distinct patient_id, episode_started_at from {{ ref('int_toxicity__crs_episodes') }}
),

administrations as (
    select * from {{ given_drugs() }}
),

roles as (
    select * from {{ ref('drug_class_roles') }}
    where waives_fever
)

select
    episodes.patient_id,
    episodes.episode_started_at,
    min(administrations.started_at) as waived_from
from episodes
inner join administrations
    on
        episodes.patient_id = administrations.patient_id
        and {{ seconds_between('administrations.started_at', 'episodes.episode_started_at') }}
        <= {{ integer_var('waiver_hours_before_fever') }} * 3600.0
inner join roles on administrations.drug_class = roles.drug_class
where
    coalesce(administrations.is_systemic_route, not administrations.is_local_form)
    or administrations.drug_class != 'glucocorticoid' and coalesce(administrations.route = 'rectal', true)
group by episodes.patient_id, episodes.episode_started_at

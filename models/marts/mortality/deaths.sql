-- Two registries name the cause of one death differently: after a relapse EBMT makes the relapse the main cause, CIBMTR only a
-- contributing one. Both are derived from the same facts.
with deaths as (
    select * from {{ ref('int_disease__deaths') }}
),

causes as (
    select * from {{ ref('causes_of_death') }}
)

select
    deaths.patient_id,
    deaths.died_on,
    deaths.death_day,
    deaths.relapsed_on,
    deaths.cause_of_death,
    deaths.contributing_cause,
    case when deaths.is_relapsed then 'LYM' else coalesce(deaths.cause_of_death, 'UNK') end as cause_by_ebmt,
    coalesce(deaths.cause_of_death, 'UNK') as cause_by_cibmtr,
    case
        when deaths.is_relapsed and coalesce(deaths.cause_of_death, 'UNK') != 'LYM' then 'LYM'
        else deaths.contributing_cause
    end as contributing_cause_by_cibmtr,
    case
        when deaths.is_relapsed or causes.is_lymphoma then false
        when not deaths.is_progression_unclear then true
    end as is_non_relapse_death,
    deaths.is_toxicity_death
from deaths
left join causes on deaths.cause_of_death = causes.cause_of_death

-- How many of the treated died of the toxicity, of relapse or otherwise, before and from the era date?
-- depends_on: {{ ref('treated_patients') }}
-- depends_on: {{ ref('deaths') }}
select
    treated.era,
    count(*) as n_treated,
    count(deaths.patient_id) as n_deaths,
    count(case when deaths.is_toxicity_death then 1 end) as n_toxicity_deaths,
    count(case when treated.is_dead and deaths.is_toxicity_death is null then 1 end) as n_deaths_of_unknown_cause,
    count(case when deaths.is_non_relapse_death then 1 end) as n_non_relapse_deaths,
    round(100.0 * count(case when deaths.is_non_relapse_death then 1 end) / count(*), 1) as pct_non_relapse_deaths
from marts.treated_patients as treated
left join marts.deaths as deaths on treated.patient_id = deaths.patient_id
group by treated.era
order by treated.era

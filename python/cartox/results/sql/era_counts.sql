-- Treated patients, deaths and deaths of the toxicities before and from each reading of the era date. A death of unknown cause is a
-- death and not counted as one of the toxicities; results.counts says how many there are.
select
    readings.reading,
    readings.era_date,
    count(*) filter (where treated.infused_at < readings.era_date) as before_treated,
    count(*) filter (where treated.infused_at < readings.era_date and treated.is_dead) as before_deaths,
    count(*) filter (where treated.infused_at < readings.era_date and treated.is_toxicity_death)
        as before_toxicity_deaths,
    count(*) filter (where treated.infused_at >= readings.era_date) as from_treated,
    count(*) filter (where treated.infused_at >= readings.era_date and treated.is_dead) as from_deaths,
    count(*) filter (where treated.infused_at >= readings.era_date and treated.is_toxicity_death)
        as from_toxicity_deaths
from era_readings as readings
left join marts.treated_patients as treated on true
group by readings.reading, readings.era_date
order by readings.reading

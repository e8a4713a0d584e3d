-- Treated patients, deaths and deaths of the toxicities before and from each reading of the era date. Of whom it is unknown whether
-- they died of the toxicities, because nobody told the cause or whether they live, are not counted among those.
select
    readings.reading,
    readings.era_date,
    count(*) filter (where treated.infused_at < readings.era_date) as before_treated,
    count(*) filter (where treated.infused_at < readings.era_date and treated.is_dead) as before_deaths,
    count(*) filter (where treated.infused_at < readings.era_date and treated.is_toxicity_death)
        as before_toxicity_deaths,
    count(*) filter (where treated.infused_at < readings.era_date and treated.is_toxicity_death is null) as before_unknown,
    count(*) filter (where treated.infused_at < readings.era_date and treated.is_dead is null) as before_unknown_status,
    count(*) filter (where treated.infused_at >= readings.era_date) as from_treated,
    count(*) filter (where treated.infused_at >= readings.era_date and treated.is_dead) as from_deaths,
    count(*) filter (where treated.infused_at >= readings.era_date and treated.is_toxicity_death)
        as from_toxicity_deaths,
    count(*) filter (where treated.infused_at >= readings.era_date and treated.is_toxicity_death is null) as from_unknown,
    count(*) filter (where treated.infused_at >= readings.era_date and treated.is_dead is null) as from_unknown_status
from era_readings as readings
left join marts.treated_patients as treated on true
group by readings.reading, readings.era_date
order by readings.reading

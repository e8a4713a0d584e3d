-- One row per treated patient and reading of the era date: days from infusion to a death of the toxicities (event 1), to another
-- death (2), or to the last contact (0). A death of unknown cause ends the time at risk as another death does: the incidence of
-- toxicity death is at least what is estimated, and results.counts says of how many the cause is unknown. Without a date of either
-- nobody knows how long the patient was followed.
select
    readings.reading,
    case when treated.infused_at < readings.era_date then 'before' else 'from' end as era,
    coalesce(treated.died_on, treated.last_contact_on) - cast(treated.infused_at as date) as day,
    case
        when treated.died_on is null then 0
        when treated.is_toxicity_death then 1
        else 2
    end as event
from era_readings as readings
cross join marts.treated_patients as treated
where coalesce(treated.died_on, treated.last_contact_on) >= cast(treated.infused_at as date)
order by readings.reading, era, treated.patient_id

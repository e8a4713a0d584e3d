-- What became of the people: last contact, death with its causes, progression and the next therapy.
with followed as (
    select
        *,
        coalesce(
            died_on,
            least(cast(infused_at as date) + cast(whole_between(320, 1500, drawn(number, 'contact')) as integer), date '2025-06-30')
        ) as last_contact_on,
        case when drawn(number, 'progresses') < 0.3 then cast(infused_at as date) + cast(whole_between(60, 400, drawn(number, 'progressed')) as integer) end
            as progressed_on
    from people
),

appearing as (
    select
        *,
        unnest(appearances(drawn(number, 'status twice'), 0.007, 0, 0)) as appearance
    from followed
)

select
    case when drawn(number, 'status of nobody') < 0.0005 then '' else patient_id end as patient_id,
    cast(last_contact_on as varchar) as last_contact_on,
    case
        when died_on is null and drawn(number, 'death centuries away') < 0.006 then '9999-12-31'
        when drawn(number, 'no death date') < 0.001 then 'about Easter'
        else cast(died_on as varchar)
    end as died_on,
    cause_of_death,
    case when died_on is not null and drawn(number, 'contributing') < 0.2 then 'INF' end as contributing_cause,
    case when progressed_on <= last_contact_on then cast(progressed_on as varchar) end as progressed_on,
    case
        when progressed_on + 14 <= last_contact_on and drawn(number, 'next therapy') < 0.6 then cast((progressed_on + 14) as varchar)
    end as new_therapy_on
from appearing

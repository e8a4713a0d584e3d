-- Who the people are; a few cannot be read, a few stand there twice.
with appearing as (
    select
        *,
        unnest(appearances(drawn(number, 'patient twice'), 0.005, 0, 0)) as appearance
    from people
)

select
    case when drawn(number, 'patient blank') < 0.0005 then '' else patient_id end as patient_id,
    case
        when drawn(number, 'birth date') < 0.002 then picked(['unknown', '1961-04-31', '05/1958'], drawn(number, 'no date'))
        else cast(birth_date as varchar)
    end as birth_date,
    case
        when drawn(number, 'sex unknown') < 0.001 then 'see chart'
        else picked(getvariable('sexes'), drawn(number, 'sex'))
    end as sex
from appearing

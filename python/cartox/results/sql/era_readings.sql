-- The two readings of the date that parts the eras, for the queries that count or follow patients by era.
create or replace temp table era_readings as
select
    'era_date' as reading,
    cast($era_date as date) as era_date
union all
select
    'era_date_sensitivity' as reading,
    cast($era_date_sensitivity as date) as era_date

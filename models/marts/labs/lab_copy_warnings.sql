-- Two results of the same value prove nothing. That most results which have another one at exactly this distance have the same
-- value there, and several different values do so, is what a system leaves that copied them under a shifted clock.
with pairs as (
    select * from {{ ref('int_labs__shifted_pairs') }}
),

lab_copies as (
    select * from {{ ref('lab_copies') }}
),

sides as (
    {% for side in ['earlier', 'later'] %}
        select patient_id, offset_minutes, {{ side }}_result_id as result_id, is_same_value from pairs
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

results as (
    select
        patient_id,
        offset_minutes,
        result_id,
        max(case when is_same_value then 1 else 0 end) as n_alike
    from sides
    group by patient_id, offset_minutes, result_id
),

compared as (
    select
        patient_id,
        offset_minutes,
        cast(count(*) as integer) as n_compared,
        cast(sum(n_alike) as integer) as n_alike
    from results
    group by patient_id, offset_minutes
),

copied_values as (
    select
        patient_id,
        offset_minutes,
        analyte,
        count(*) as n_pairs,
        sum(case when is_on_other_day then 1 else 0 end) as n_on_other_day
    from pairs
    where is_same_value
    group by patient_id, offset_minutes, analyte, value, comparator
),

copied as (
    select
        patient_id,
        offset_minutes,
        cast(count(*) as integer) as n_values,
        cast(sum(n_pairs) as integer) as n_pairs,
        cast(sum(n_on_other_day) as integer) as n_on_other_day,
        {{ joined_texts('analyte') }} as analytes
    from copied_values
    group by patient_id, offset_minutes
)

select
    copied.*,
    compared.n_compared,
    compared.n_alike
from copied
inner join compared on copied.patient_id = compared.patient_id and copied.offset_minutes = compared.offset_minutes
inner join lab_copies on copied.n_values >= lab_copies.least_values
where compared.n_alike * 2 > compared.n_compared

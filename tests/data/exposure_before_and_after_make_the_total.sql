with exposure as (
    select * from {{ ref('steroid_exposure') }}
),

summed as (
    select
        patient_id,
        sum(case when exposure_window != 'total' then dexamethasone_equivalent_mg end) as parts_mg,
        sum(case when exposure_window = 'total' then dexamethasone_equivalent_mg end) as total_mg
    from exposure
    group by patient_id
)

select * from summed
where abs(parts_mg - total_mg) > 1e-6

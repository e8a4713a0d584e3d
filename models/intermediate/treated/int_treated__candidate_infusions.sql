-- The first infusion of each patient that meets every condition of the study.
with infusions as (
    select * from {{ ref('int_treated__infusions') }}
    where is_study_indication and is_study_care_setting and is_study_product_target
),

ordered as (
    select
        *,
        row_number() over (partition by patient_id order by infusion_number) as candidate_number
    from infusions
)

select * from ordered
where candidate_number = 1

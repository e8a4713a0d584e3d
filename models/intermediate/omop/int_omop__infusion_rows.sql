-- Rows of drug_exposure and procedure_occurrence that tell of an infusion. Bags, components and the procedure of one infusion
-- are one: of a patient and calendar day the first exposure to each product tells it, a procedure only where no exposure does,
-- and a row that does not tell the product only where no other does.
with exposures as (
    select
        cast(drug_exposure_id as string) as infusion_id,
        patient_id,
        person_id,
        product,
        started_at as infused_at,
        status,
        1 as place,
        source_file,
        line_number
    from {{ ref('int_omop__drug_exposures') }}
    where product is not null and unreadable_id is null
),

procedures as (
    select * from {{ ref('int_omop__procedures') }}
),

products as (
    select * from {{ ref('products') }}
),

rows_of_both as (
    select * from exposures
    union all
    select * from procedures
),

dated as (
    select
        rows_of_both.*,
        {{ parsed_time('rows_of_both.infused_at') }} as infused_time,
        products.product is not null as is_product_told,
        coalesce(rows_of_both.status, 'given') = 'given' or rows_of_both.status like 'drug type %' as may_be_given
    from rows_of_both
    left join products on rows_of_both.product = products.product
),

ranked as (
    select
        *,
        dense_rank() over (
            partition by patient_id, cast(infused_time as date), product, may_be_given order by place, infused_time, infusion_id
        ) as place_of_product,
        bool_or(is_product_told) over (partition by patient_id, cast(infused_time as date), may_be_given) as is_told_by_another
    from dated
)

select
    infusion_id,
    patient_id,
    person_id,
    product,
    infused_at,
    infused_time,
    place,
    source_file,
    line_number,
    case
        when not may_be_given then 'not_given'
        when patient_id is null or infused_time is null then null
        when place_of_product > 1 or (not is_product_told and is_told_by_another) then 'infusion_told_by_another_row'
    end as no_record_because
from ranked

with infusions as (
    select * from {{ record_source('infusions') }}
),

product_names as (
    select * from {{ ref('product_names') }}
),

texts as (
    select distinct {{ folded('product') }} as product_text
    from infusions
    where product is not null
),

matched as (
    select
        texts.product_text,
        count(distinct product_names.product) as n_products,
        min(product_names.product) as product
    from texts
    left join product_names on contains(texts.product_text, product_names.name)
    group by texts.product_text
)

select
    product_text,
    case when n_products = 1 then product end as product
from matched

with products as (
    select * from {{ ref('products') }}
),

ancestors as (
    select * from {{ ref('stg_omop__concept_ancestor') }}
)

select
    products.omop_concept_id as concept_id,
    products.product
from products
union
select
    ancestors.descendant_concept_id as concept_id,
    products.product
from ancestors
inner join products on ancestors.ancestor_concept_id = products.omop_concept_id

{{ config(materialized='view') }}

select * from {{ ref('int_infusions__judged') }}
where disposition = 'accepted'

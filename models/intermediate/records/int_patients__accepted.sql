{{ config(materialized='view') }}

select * from {{ ref('int_patients__judged') }}
where disposition = 'accepted'

{{ config(materialized='view') }}

select * from {{ ref('int_lab_results__judged') }}
where disposition = 'accepted'

{{ config(materialized='ephemeral') }}

select * from {{ ref('int_lab_results__judged') }}
where disposition = 'accepted'

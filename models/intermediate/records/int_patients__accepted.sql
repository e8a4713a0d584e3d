{{ config(materialized='ephemeral') }}

select * from {{ ref('int_patients__judged') }}
where disposition = 'accepted'

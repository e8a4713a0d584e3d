{{ config(materialized='ephemeral') }}

select * from {{ ref('int_infusions__judged') }}
where disposition = 'accepted'

{{ config(materialized='ephemeral') }}

select * from {{ ref('int_vital_status__judged') }}
where disposition = 'accepted'

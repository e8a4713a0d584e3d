{{ config(materialized='ephemeral') }}

select * from {{ ref('int_records__infusions') }}
where disposition = 'accepted'

{{ config(materialized='ephemeral') }}

select * from {{ ref('int_records__patients') }}
where disposition = 'accepted'

{{ config(materialized='ephemeral') }}

select * from {{ ref('int_records__vital_status') }}
where disposition = 'accepted'

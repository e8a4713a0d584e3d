{{ config(materialized='ephemeral') }}

select * from {{ ref('int_records__lab_results') }}
where disposition = 'accepted'

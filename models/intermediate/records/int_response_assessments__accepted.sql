{{ config(materialized='ephemeral') }}

select * from {{ ref('int_records__response_assessments') }}
where disposition = 'accepted'

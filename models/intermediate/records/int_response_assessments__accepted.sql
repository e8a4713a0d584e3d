{{ config(materialized='ephemeral') }}

select * from {{ ref('int_response_assessments__judged') }}
where disposition = 'accepted'

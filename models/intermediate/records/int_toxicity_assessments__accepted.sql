{{ config(materialized='ephemeral') }}

select * from {{ ref('int_toxicity_assessments__judged') }}
where disposition = 'accepted'

{{ config(materialized='ephemeral') }}

select * from {{ ref('int_records__toxicity_assessments') }}
where disposition = 'accepted'

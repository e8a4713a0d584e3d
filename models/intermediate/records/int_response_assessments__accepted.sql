{{ config(materialized='view') }}

select * from {{ ref('int_response_assessments__judged') }}
where disposition = 'accepted'

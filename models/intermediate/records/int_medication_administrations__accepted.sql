{{ config(materialized='view') }}

select * from {{ ref('int_medication_administrations__judged') }}
where disposition = 'accepted'

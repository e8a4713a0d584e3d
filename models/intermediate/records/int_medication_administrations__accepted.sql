{{ config(materialized='ephemeral') }}

select * from {{ ref('int_medication_administrations__judged') }}
where disposition = 'accepted'

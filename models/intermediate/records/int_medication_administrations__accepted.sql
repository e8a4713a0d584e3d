{{ config(materialized='ephemeral') }}

select * from {{ ref('int_records__medication_administrations') }}
where disposition = 'accepted'

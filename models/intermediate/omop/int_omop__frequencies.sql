-- The signatures of prescriptions that are frequencies.
with exposures as (
    select * from {{ ref('stg_omop__drug_exposure') }}
),

frequencies as (
    select distinct {{ folded('sig') }} as frequency_text
    from exposures
),

{{ read_frequencies() }}

-- A frequency is read by its parts: every N hours or days, N times a day, with meals, at bedtime, clock times, 1-0-1.
with administrations as (
    select * from {{ record_source('medication_administrations') }}
),

frequencies as (
    select distinct {{ folded('frequency') }} as frequency_text
    from administrations
    where frequency is not null
),

{{ read_frequencies() }}

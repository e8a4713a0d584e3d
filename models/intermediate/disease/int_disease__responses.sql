-- The Lugano 2014 category of each assessment: progression where a new lesion was seen, else from PET, else as recorded. Where a
-- word on new lesions cannot be read, PET speaks for progression alone. The var response_source lets what was recorded speak
-- first.
{%- set first, second = choice_var('response_source', {
    'computed': ('computed_response', 'recorded_response'),
    'recorded': ('recorded_response', 'computed_response'),
}) %}
with assessments as (
    select * from {{ accepted('response_assessments') }}
),

lugano as (
    select * from {{ ref('lugano_responses') }}
),

judged as (
    select
        assessments.assessment_id,
        assessments.patient_id,
        assessments.assessed_on,
        case
            when assessments.new_lesion then 'PD'
            when lugano.response = 'PD' or not {{ was_nulled('new_lesion', 'assessments') }} then lugano.response
        end as computed_response,
        case
            when upper(assessments.recorded_response) in ('CR', 'PR', 'SD', 'PD') then upper(assessments.recorded_response)
        end as recorded_response
    from assessments
    left join lugano
        on
            assessments.deauville between lugano.deauville_low and lugano.deauville_high
            and (lugano.uptake_change is null or assessments.uptake_change = lugano.uptake_change)
)

select
    *,
    coalesce({{ first }}, {{ second }}, 'NE') as response
from judged

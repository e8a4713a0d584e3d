-- The Lugano 2014 category of each assessment: from PET where it was scored, else as recorded.
with assessments as (
    select * from {{ accepted('response_assessments') }}
),

lugano as (
    select * from {{ ref('lugano_responses') }}
)

select
    assessments.assessment_id,
    assessments.patient_id,
    assessments.assessed_on,
    case
        when assessments.new_lesion then 'PD'
        when lugano.response is not null then lugano.response
        when assessments.deauville is null and upper(assessments.recorded_response) in ('CR', 'PR', 'SD', 'PD')
            then upper(assessments.recorded_response)
        else 'NE'
    end as response
from assessments
left join lugano
    on
        assessments.deauville between lugano.deauville_low and lugano.deauville_high
        and (lugano.uptake_change is null or assessments.uptake_change = lugano.uptake_change)

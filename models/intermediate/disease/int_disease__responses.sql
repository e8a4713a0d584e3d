-- The Lugano 2014 category of each assessment: progression where a new lesion was seen, else from PET, else as recorded. Where a
-- word on new lesions cannot be read, PET speaks for progression alone. The var response_source lets what was recorded speak
-- first. A scan that was charted and cannot be used or read is not evaluable, and may have shown anything.
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
        end as recorded_response,
        {%- for column in ['deauville', 'uptake_change', 'new_lesion'] %}
            {{ was_nulled(column, 'assessments') }} or
        {%- endfor %}
        {{ was_nulled('recorded_response', 'assessments') }} as has_unread
    from assessments
    left join lugano
        on
            assessments.deauville between lugano.deauville_low and lugano.deauville_high
            and (lugano.uptake_change is null or assessments.uptake_change = lugano.uptake_change)
)

select
    assessment_id,
    patient_id,
    assessed_on,
    computed_response,
    recorded_response,
    coalesce({{ first }}, {{ second }}, 'NE') as response,
    has_unread and coalesce({{ first }}, {{ second }}) is null as is_unread
from judged
union all
select
    null as assessment_id,
    patient_id,
    assessed_on,
    null as computed_response,
    null as recorded_response,
    'NE' as response,
    true as is_unread
from {{ set_aside('response_assessments') }}

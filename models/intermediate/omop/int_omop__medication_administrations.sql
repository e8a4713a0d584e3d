-- Every exposure to a drug that is no infusion, as the extract would write it. Names of the drug stand side by side, so that
-- depot and local forms are seen in either; numbers of the concept's name are left out there, for they tell its strength again.
-- An end at the midnight before the start is a date without a time, as is the last second of a day after a dose that was given
-- at no rate; the end that the model demands of an order may be its own day.
with named as (
    select * from {{ ref('int_omop__named_drugs') }}
),

routes as (
    select * from {{ ref('int_omop__matches') }}
    where vocabulary = 'routes' and concept is not null
)

select
    coalesce(cast(named.drug_exposure_id as string), named.unreadable_cell) as administration_id,
    named.patient_id,
    case
        when named.source_name is not null and named.standard_name is not null
            then named.source_name || ' [' || {{ replaced_everywhere('named.standard_name', "'[0-9][0-9.,]*'", "''") }} || ']'
        else coalesce(
            named.source_name, named.standard_name, named.drug_source_value,
            'drug concept ' || cast(nullif(named.drug_concept_id, 0) as string)
        )
    end as medication,
    case when named.rxnorm_code is not null then 'RxNorm' else named.vocabulary_id end as code_system,
    coalesce(named.rxnorm_code, named.concept_code) as code,
    named.dose,
    named.dose_unit,
    coalesce(seen.source_text, source_routes.source_text, forms.route, named.route_source_value, named.route_term) as route,
    case
        when named.is_spread and not coalesce(frequencies.is_as_needed, false) then 'daily'
        when not named.is_whole or frequencies.is_as_needed then frequencies.frequency_text
    end as frequency,
    named.started_at,
    case
        when named.is_spread then cast(named.supply_ends_at as string)
        when named.has_time_of_end then named.drug_exposure_end_datetime
        when named.status = 'ordered' and named.drug_exposure_end_date > named.drug_exposure_start_date
            then cast({{ days_after(parsed_time('named.drug_exposure_end_date'), 1) }} as string)
    end as ended_at,
    named.status,
    cast(null as string) as purpose,
    coalesce(named.strength, named.concept_name) as product_strength,
    named.unreadable_id,
    named.source_file,
    named.line_number
from named
left join routes as seen on {{ folded('named.route_term') }} = seen.source_text
left join routes as source_routes on {{ folded('named.route_source_value') }} = source_routes.source_text
left join {{ ref('int_omop__form_routes') }} as forms on named.drug_concept_id = forms.drug_concept_id
left join {{ ref('int_omop__frequencies') }} as frequencies
    on
        {{ folded('named.sig') }} = frequencies.frequency_text
        and (frequencies.doses_per_day is not null or frequencies.is_as_needed)

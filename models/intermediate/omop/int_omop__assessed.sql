-- Measurements and observations that a site maps to a component of the toxicity assessment, by concept, the standard one or the
-- site's own, or by name. Yes and no mean what they answer; the name of an answer speaks before its code in the source text.
with sources as (
    select * from {{ ref('assessment_sources') }}
),

concepts as (
    select * from {{ ref('int_omop__used_concepts') }}
),

units as (
    select * from {{ ref('omop_concepts') }}
    where meaning = 'unit'
),

charted as (
    select
        person_id, measurement_concept_id as concept_id, measurement_source_concept_id as source_concept_id,
        measurement_source_value as name, value_as_number, value_as_concept_id, {{ measured_at() }} as assessed_at,
        value_source_value as value_text, unit_concept_id, unit_source_value, source_file, line_number
    from {{ ref('stg_omop__measurement') }}
    where unreadable_id is null
    union all
    select
        person_id, observation_concept_id as concept_id, observation_source_concept_id as source_concept_id,
        observation_source_value as name, value_as_number, value_as_concept_id,
        coalesce(observation_datetime, observation_date) as assessed_at,
        coalesce(value_as_string, value_source_value) as value_text, unit_concept_id, unit_source_value, source_file, line_number
    from {{ ref('stg_omop__observation') }}
    where unreadable_id is null
),

mapped as (
    select
        charted.*,
        coalesce(coded.component, coded_by_source.component, named.component) as component,
        coalesce(terms.term, answers.concept_name) as answer,
        coalesce(units.term, upper({{ replaced_everywhere('charted.unit_source_value', "'[^A-Za-z]'", "''") }})) as unit
    from charted
    left join sources as coded on charted.concept_id = coded.concept_id and coded.concept_id != 0
    left join sources as coded_by_source
        on charted.source_concept_id = coded_by_source.concept_id and coded_by_source.concept_id != 0
    left join sources as named on {{ folded('charted.name') }} = named.name
    left join concepts as answers on charted.value_as_concept_id = answers.concept_id
    left join {{ ref('omop_concepts') }} as terms
        on charted.value_as_concept_id = terms.concept_id and terms.meaning = 'answer'
    left join units on charted.unit_concept_id = units.concept_id
    where coalesce(coded.component, coded_by_source.component, named.component) is not null
)

select
    mapped.person_id,
    mapped.assessed_at,
    mapped.component,
    case
        when meant.value is not null then meant.value
        when mapped.value_as_number is null and {{ matches('mapped.value_text', "'^LA[0-9]+-[0-9]$'") }}
            then coalesce(mapped.answer, mapped.value_text)
        when mapped.value_as_number is null then coalesce(mapped.value_text, mapped.answer)
        when mapped.unit in ('F', 'DEGF', 'DEGREEF', 'DEGREESF', 'FAHRENHEIT', 'DEGREEFAHRENHEIT', 'DEGREESFAHRENHEIT')
            then coalesce(
                cast({{ rounded('(' ~ parsed_number('mapped.value_as_number') ~ ' - 32) * 5 / 9', 2) }} as string),
                mapped.value_as_number
            )
        else mapped.value_as_number
    end as value,
    mapped.source_file,
    mapped.line_number
from mapped
left join {{ ref('assessment_answers') }} as meant
    on mapped.component = meant.component and {{ folded('coalesce(mapped.answer, mapped.value_text)') }} = meant.answer

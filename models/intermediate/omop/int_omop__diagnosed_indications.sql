-- Conditions that name an indication, by the words of the concept or of the site, or by the beginning of a code.
with conditions as (
    select * from {{ ref('stg_omop__condition_occurrence') }}
    where unreadable_id is null
),

concepts as (
    select * from {{ ref('int_omop__used_concepts') }}
),

indications as (
    select * from {{ ref('int_omop__matches') }}
    where vocabulary = 'indications' and concept is not null
),

codes as (
    select * from {{ ref('indication_codes') }}
),

matched as (
    select
        conditions.person_id,
        {{ parsed_time('coalesce(conditions.condition_start_datetime, conditions.condition_start_date)') }} as diagnosed_at,
        conditions.source_file,
        conditions.line_number,
        coalesce(
            by_source_name.source_text, codes.indication, by_name.source_text, by_source_concept.source_text
        ) as indication,
        row_number() over (
            partition by conditions.source_file, conditions.line_number order by length(codes.code_start) desc, codes.code_start
        ) as place
    from conditions
    left join concepts as standard on conditions.condition_concept_id = standard.concept_id
    left join concepts as source on conditions.condition_source_concept_id = source.concept_id
    left join indications as by_source_name on {{ folded('conditions.condition_source_value') }} = by_source_name.source_text
    left join indications as by_name on {{ folded('standard.concept_name') }} = by_name.source_text
    left join indications as by_source_concept on {{ folded('source.concept_name') }} = by_source_concept.source_text
    left join codes
        on
            {{ begins_as('conditions.condition_source_value', 'codes.code_start') }}
            or (source.code_system = codes.code_system and {{ begins_as('source.concept_code', 'codes.code_start') }})
            or (standard.code_system = codes.code_system and {{ begins_as('standard.concept_code', 'codes.code_start') }})
)

select
    person_id,
    diagnosed_at,
    indication,
    source_file,
    line_number
from matched
where place = 1 and indication is not null

-- A cause is known by the site's own word for it, or by the beginning of a code; any other is handed on as it is written, so
-- that the cell is nulled with a reason.
with deaths as (
    select * from {{ ref('stg_omop__death') }}
),

concepts as (
    select * from {{ ref('int_omop__used_concepts') }}
),

words as (
    select * from {{ ref('causes_of_death') }}
),

codes as (
    select * from {{ ref('cause_of_death_codes') }}
),

matched as (
    select
        deaths.source_file,
        deaths.line_number,
        coalesce(
            words.cause_of_death, codes.cause_of_death, deaths.cause_source_value, standard.concept_name,
            'concept ' || cast(nullif(deaths.cause_concept_id, 0) as string)
        ) as cause_of_death,
        row_number() over (
            partition by deaths.source_file, deaths.line_number order by length(codes.code_start) desc, codes.code_start
        ) as place
    from deaths
    left join concepts as standard on deaths.cause_concept_id = standard.concept_id
    left join concepts as source on deaths.cause_source_concept_id = source.concept_id
    left join words on upper(deaths.cause_source_value) = words.cause_of_death
    left join codes
        on
            {{ begins_as('deaths.cause_source_value', 'codes.code_start') }}
            or (source.code_system = codes.code_system and {{ begins_as('source.concept_code', 'codes.code_start') }})
            or (standard.code_system = codes.code_system and {{ begins_as('standard.concept_code', 'codes.code_start') }})
)

select
    source_file,
    line_number,
    cause_of_death
from matched
where place = 1

-- A birth of which only the year, or year and month, are known is dated as the vars omop_unknown_birth_* say.
with person as (
    select * from {{ ref('stg_omop__person') }}
    where unreadable_id is null
),

patient_ids as (
    select * from {{ ref('int_omop__patient_ids') }}
),

sexes as (
    select * from {{ ref('omop_concepts') }}
    where meaning = 'sex'
),

dated as (
    select
        *,
        lpad(cast({{ parsed_integer('year_of_birth') }} as string), 4, '0') as birth_year,
        lpad(cast({{ parsed_integer('month_of_birth') }} as string), 2, '0') as birth_month,
        lpad(cast({{ parsed_integer('day_of_birth') }} as string), 2, '0') as birth_day
    from person
)

select
    {{ omop_patient('dated') }} as patient_id,
    coalesce(
        dated.birth_datetime,
        case
            when dated.birth_month is null then dated.birth_year || '-' || {{ text_var('omop_unknown_birth_month_day') }}
            else
                dated.birth_year || '-' || dated.birth_month || '-'
                || coalesce(dated.birth_day, {{ text_var('omop_unknown_birth_day') }})
        end,
        dated.year_of_birth
    ) as birth_date,
    coalesce(sexes.term, dated.gender_source_value) as sex,
    dated.source_file,
    dated.line_number
from dated
left join patient_ids on dated.person_id = patient_ids.person_id
left join sexes on dated.gender_concept_id = sexes.concept_id

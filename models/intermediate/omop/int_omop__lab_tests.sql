-- The code by which a measurement is known: LOINC by the seeds' concepts, the vocabulary's standard or source concept, or the
-- source value itself; else another vocabulary's code, else what the site wrote. Its analyte is that of the LOINC code, without
-- one that of its name, so that its units can be compared. Where no LOINC code tells
-- it, the specimen is the one that the name of the concept names.
with tests as (
    select distinct measurement_concept_id, measurement_source_concept_id, measurement_source_value
    from {{ ref('stg_omop__measurement') }}
),

lab_codes as (
    select * from {{ ref('lab_codes') }}
),

concepts as (
    select * from {{ ref('int_omop__used_concepts') }}
),

names as (
    select * from {{ ref('int_omop__matches') }}
    where vocabulary = 'lab_tests'
),

specimens as (
    select * from {{ ref('int_omop__matches') }}
    where vocabulary = 'specimens'
),

coded as (
    select
        tests.*,
        coalesce(
            {{ worded('tests.measurement_source_value') }}, standard.concept_name, source.concept_name,
            tests.measurement_source_value
        ) as test_name,
        coalesce(standard.concept_name, source.concept_name) as concept_name,
        standard.vocabulary_id,
        standard.concept_code,
        coalesce(
            lab_codes.code,
            case when standard.code_system = 'loinc' then standard.concept_code end,
            case when source.code_system = 'loinc' then source.concept_code end,
            case when {{ is_loinc('tests.measurement_source_value') }} then tests.measurement_source_value end
        ) as loinc_code
    from tests
    left join lab_codes on tests.measurement_concept_id = lab_codes.omop_concept_id
    left join concepts as standard on tests.measurement_concept_id = standard.concept_id
    left join concepts as source on tests.measurement_source_concept_id = source.concept_id
)

select
    coded.measurement_concept_id,
    coded.measurement_source_concept_id,
    coded.measurement_source_value,
    case
        when coded.loinc_code is not null then 'LOINC'
        when coded.concept_code is not null then coded.vocabulary_id
        when coded.measurement_source_value is not null then 'source value'
    end as code_system,
    coalesce(coded.loinc_code, coded.concept_code, coded.measurement_source_value) as code,
    coded.test_name,
    case when coded.loinc_code is not null then analytes.analyte else names.concept end as analyte,
    case when coded.loinc_code is null then specimens.concept end as specimen
from coded
left join {{ ref('lab_codes') }} as analytes on coded.loinc_code = analytes.code and analytes.code_system = 'loinc'
left join names on {{ folded('coded.test_name') }} = names.source_text
left join specimens on {{ folded('coded.concept_name') }} = specimens.source_text

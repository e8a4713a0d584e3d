-- A code that a seed knows decides, also when it says that the test is not the analyte its name suggests. The name decides
-- only where no standard code is given: a LOINC code that no seed knows is none of the study's tests, whatever its name.
with lab_results as (
    select * from {{ record_source('lab_results') }}
),

lab_codes as (
    select * from {{ ref('lab_codes') }}
),

lab_code_systems as (
    select * from {{ ref('lab_code_systems') }}
),

names as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'lab_tests'
),

tests as (
    select distinct
        {{ folded('code_system') }} as code_system,
        code,
        {{ folded('test_name') }} as test_name
    from (select distinct code_system, code, test_name from lab_results) as charted
)

select
    tests.code_system,
    tests.code,
    tests.test_name,
    case
        when lab_codes.code is not null then lab_codes.analyte
        when lab_code_systems.name is not null and tests.code is not null then null
        else names.concept
    end as analyte,
    lab_codes.excluded_because
from tests
left join lab_code_systems on tests.code_system = lab_code_systems.name
left join lab_codes on lab_code_systems.code_system = lab_codes.code_system and tests.code = lab_codes.code
left join names on tests.test_name = names.source_text

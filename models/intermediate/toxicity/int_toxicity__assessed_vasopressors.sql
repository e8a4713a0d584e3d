-- How many vasopressors ran at the time of each assessment, charted with it or given over it; those of which that is only assumed
-- and charted words that nobody knows stand beside them.
with assessments as {{ inline() }} (
    select * from {{ ref('int_toxicity__assessments') }}
),

administrations as (
    select * from {{ ref('int_toxicity__vasopressor_administrations') }}
),

charted as (
    select * from {{ ref('int_terminology__vasopressors') }}
),

running as (
    select assessments.assessment_id, charted.ingredient, charted.drug_class, charted.is_unknown, false as is_assumed
    from assessments
    inner join charted on {{ folded('assessments.vasopressors') }} = charted.vasopressors_text
    union all
    select
        assessments.assessment_id, administrations.ingredient, administrations.drug_class, false as is_unknown,
        administrations.is_assumed
    from assessments
    inner join administrations
        on
            assessments.patient_id = administrations.patient_id
            and {{ runs_at('administrations', 'assessments.assessed_at') }}
),

drugs as (
    select
        assessment_id,
        ingredient,
        drug_class,
        is_unknown,
        bool_and(is_assumed) as is_assumed
    from running
    group by assessment_id, ingredient, drug_class, is_unknown
)

select
    assessment_id,
    count(case when drug_class = 'vasopressor' and not is_assumed then 1 end) as n_vasopressors,
    count(case when drug_class = 'vasopressin' and not is_assumed then 1 end) as n_vasopressin,
    count(case when is_assumed then 1 end) as n_assumed_vasopressors,
    count(case when is_unknown then 1 end) as n_unknown_vasopressors
from drugs
group by assessment_id

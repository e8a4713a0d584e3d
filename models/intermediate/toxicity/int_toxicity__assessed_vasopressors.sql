-- How many vasopressors ran at the time of each assessment, charted with it or given over it.
with assessments as (
    select * from {{ ref('int_toxicity__assessments') }}
),

administrations as (
    select * from {{ ref('int_toxicity__vasopressor_administrations') }}
),

drug_names as (
    select * from {{ ref('drug_names') }}
),

drugs as (
    select * from {{ ref('drugs') }}
),

charted_names as (
    select
        assessment_id,
        {{ text_pieces(folded('vasopressors')) }} as charted_name
    from assessments
),

running as (
    select charted_names.assessment_id, drugs.ingredient, drugs.drug_class
    from charted_names
    inner join drug_names on trim(charted_names.charted_name) = drug_names.name
    inner join drugs on drug_names.ingredient = drugs.ingredient
    union
    select assessments.assessment_id, administrations.ingredient, administrations.drug_class
    from assessments
    inner join administrations
        on
            assessments.patient_id = administrations.patient_id
            and assessments.assessed_at >= administrations.started_at
            and (assessments.assessed_at < administrations.ended_at or assessments.assessed_at = administrations.started_at)
)

select
    assessment_id,
    count(distinct case when drug_class = 'vasopressor' then ingredient end) as n_vasopressors,
    count(distinct case when drug_class = 'vasopressin' then ingredient end) as n_vasopressin
from running
group by assessment_id

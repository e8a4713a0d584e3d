-- On which records does each value in a column of marts.cohort stand, which are its context, and which were left out?
-- depends_on: {{ ref('cohort') }}
-- depends_on: {{ ref('treated_patients') }}
-- depends_on: {{ ref('record_dispositions') }}
-- depends_on: {{ ref('toxicity_assessments') }}
-- depends_on: {{ ref('medication_administrations') }}
with patients as (
    select
        cohort.patient_id,
        cohort.index_started_at,
        cohort.index_administration_id,
        treated.infusion_id,
        treated.infused_at,
        cohort.index_started_at - to_hours(cast(hours.value as integer)) as graded_from,
        date_trunc('day', treated.infused_at) + to_days(cast(last_day.value as integer) + 1) as followed_to
    from marts.cohort as cohort
    inner join marts.treated_patients as treated on cohort.patient_id = treated.patient_id
    left join results.run_manifest as hours on hours.key = 'var.hours_of_grade_at_index'
    left join results.run_manifest as last_day on last_day.key = 'var.last_study_day'
),

-- Whose record of which kind a value stands on, where it stands on whole records of a patient.
columns_of_records as (
    select
        unnest([
            'age_years', 'age_years', 'sex', 'product', 'ann_arbor_stage', 'ipi', 'prior_lines', 'is_refractory',
            'best_response', 'best_response', 'study_group', 'study_group'
        ]) as value_column,
        unnest([
            'patients', 'infusions', 'patients', 'infusions', 'infusions', 'infusions', 'infusions', 'infusions',
            'response_assessments', 'vital_status', 'infusions', 'vital_status'
        ]) as entity
),

columns_of_grades as (
    select
        patients.patient_id,
        unnest([
            'icans_grade_at_index', 'crs_grade_at_index', 'peak_icans_grade', 'peak_crs_grade',
            'peak_icans_grade_before_index', 'peak_crs_grade_before_index', 'study_group'
        ]) as value_column,
        unnest([
            patients.graded_from, patients.graded_from, patients.infused_at, patients.infused_at, patients.infused_at,
            patients.infused_at, patients.index_started_at
        ]) as starts_at,
        unnest([
            patients.index_started_at, patients.index_started_at, patients.followed_to, patients.followed_to,
            patients.index_started_at, patients.index_started_at, patients.followed_to
        ]) as ends_at
    from patients
),

records_used as (
    select
        patients.patient_id,
        columns_of_records.value_column,
        records.entity,
        records.record_id,
        records.source_file,
        records.line_number,
        'used' as role
    from patients
    cross join columns_of_records
    inner join marts.record_dispositions as records
        on
            patients.patient_id = records.patient_id
            and columns_of_records.entity = records.entity
            and records.disposition = 'accepted'
    where records.entity != 'infusions' or records.record_id = patients.infusion_id
    union all
    select
        patients.patient_id,
        'study_group' as value_column,
        'medication_administrations' as entity,
        medications.administration_id as record_id,
        medications.source_file,
        medications.line_number,
        'used' as role
    from patients
    inner join marts.medication_administrations as medications
        on patients.index_administration_id = medications.administration_id
    union all
    select
        grades.patient_id,
        grades.value_column,
        'toxicity_assessments' as entity,
        assessments.assessment_id as record_id,
        assessments.source_file,
        assessments.line_number,
        case when assessments.assessed_at >= grades.starts_at then 'used' else 'context' end as role
    from columns_of_grades as grades
    inner join marts.toxicity_assessments as assessments
        on grades.patient_id = assessments.patient_id and grades.ends_at >= assessments.assessed_at
    union all
    select
        grades.patient_id,
        grades.value_column,
        'medication_administrations' as entity,
        medications.administration_id as record_id,
        medications.source_file,
        medications.line_number,
        'context' as role
    from columns_of_grades as grades
    inner join marts.medication_administrations as medications
        on grades.patient_id = medications.patient_id and grades.ends_at >= medications.started_at
    left join seeds.drug_class_roles as roles on medications.drug_class = roles.drug_class
    where
        grades.value_column in ('crs_grade_at_index', 'peak_crs_grade', 'peak_crs_grade_before_index')
        and (roles.waives_fever or medications.drug_class in ('vasopressor', 'vasopressin'))
),

kinds_used as (
    select distinct
        patient_id,
        value_column,
        entity
    from records_used
)

select
    patient_id,
    value_column as item,
    role,
    entity,
    record_id,
    source_file,
    line_number,
    null as reason
from records_used
union all
select
    kinds_used.patient_id,
    kinds_used.value_column as item,
    'left out' as role,
    records.entity,
    records.record_id,
    records.source_file,
    records.line_number,
    records.reason
from kinds_used
inner join marts.record_dispositions as records
    on kinds_used.patient_id = records.patient_id and kinds_used.entity = records.entity
where records.disposition != 'accepted'
order by 1, 2, 3, 4, 6, 7

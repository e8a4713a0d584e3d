-- The first rescue after the index time: another anticytokine drug, or a day on which more glucocorticoid was given than on any
-- day up to that of the index time.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

administrations as (
    select * from {{ given_drugs() }}
    where ingredient != {{ text_var('index_drug') }}
),

roles as (
    select * from {{ ref('drug_class_roles') }}
    where is_anticytokine
),

daily_doses as (
    select * from {{ ref('int_exposure__daily_doses') }}
),

compared as (
    select
        daily_doses.patient_id,
        daily_doses.study_day,
        daily_doses.dexamethasone_equivalent_mg,
        coalesce(
            max(case when daily_doses.study_day <= index_time.index_study_day then daily_doses.dexamethasone_equivalent_mg end)
                over (partition by daily_doses.patient_id), 0
        ) as highest_until_index_mg
    from daily_doses
    inner join index_time on daily_doses.patient_id = index_time.patient_id
),

rescues as (
    select index_time.patient_id, administrations.started_at as rescued_at
    from index_time
    inner join administrations
        on
            index_time.patient_id = administrations.patient_id
            and index_time.index_started_at < administrations.started_at
    inner join roles on administrations.drug_class = roles.drug_class
    union all
    select compared.patient_id, {{ days_after('treated.infused_at', 'compared.study_day') }} as rescued_at
    from compared
    inner join treated on compared.patient_id = treated.patient_id
    where compared.dexamethasone_equivalent_mg > compared.highest_until_index_mg
)

select
    patient_id,
    min(rescued_at) as rescued_at
from rescues
group by patient_id

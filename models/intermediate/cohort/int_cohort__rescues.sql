-- The first rescue after the index time: an anticytokine or cytotoxic drug that the patient had not been given since the day of
-- infusion (a local one is none), intrathecal therapy, or a day with more glucocorticoid than before. What is given at that time
-- is none. Beside what nobody knows, a row of a new agent that cannot be read, and one of that day where one of the two is
-- charted with its date alone, there may have been one earlier.
with index_time as (
    select * from {{ ref('int_cohort__index_time') }}
),

given_drugs as (
    select
        given.*, index_time.index_started_at,
        (given.is_date_alone or index_time.is_date_alone)
        and {{ days_between('given.started_at', 'index_time.index_started_at') }} = 0 as may_be_either_side
    from {{ given_drugs() }} as given
    inner join index_time on given.patient_id = index_time.patient_id
    where given.ingredient is null or given.ingredient != {{ text_var('index_drug') }}
),

roles as (
    select * from {{ ref('drug_class_roles') }}
    where is_rescue
),

agents as (
    select
        given_drugs.patient_id, given_drugs.ingredient,
        bool_or(given_drugs.started_at <= given_drugs.index_started_at and not given_drugs.may_be_either_side) as is_given_before,
        bool_or(given_drugs.may_be_either_side) as may_be_either_side,
        min(greatest(given_drugs.started_at, given_drugs.index_started_at)) as first_given_at
    from given_drugs
    inner join roles on given_drugs.drug_class = roles.drug_class
    inner join {{ ref('int_treated__patients') }} as treated on given_drugs.patient_id = treated.patient_id
    where
        not given_drugs.is_local
        and given_drugs.started_at >= {{ days_after('treated.infused_at', 0) }}
    group by given_drugs.patient_id, given_drugs.ingredient
),

unread as (
    select set_aside.patient_id, set_aside.ingredient, set_aside.started_at
    from {{ set_aside('medication_administrations') }} as set_aside
    inner join roles on set_aside.drug_class = roles.drug_class
    where
        set_aside.ingredient != {{ text_var('index_drug') }}
        and coalesce(set_aside.status = 'given', true)
        and not set_aside.is_zero_dose
        and not set_aside.is_local
),

rescues as (
    select patient_id, first_given_at as rescued_at, not may_be_either_side as is_known
    from agents
    where not is_given_before
    union all
    select patient_id, greatest(started_at, index_started_at) as rescued_at, not may_be_either_side as is_known
    from given_drugs
    where route = 'intrathecal' and (index_started_at < started_at or may_be_either_side)
    union all
    select
        index_time.patient_id,
        coalesce(unread.started_at, {{ seconds_after('index_time.index_started_at', '1e-6') }}) as rescued_at,
        false as is_known
    from index_time
    inner join unread on index_time.patient_id = unread.patient_id
    left join agents on unread.patient_id = agents.patient_id and unread.ingredient = agents.ingredient
    where
        coalesce(unread.started_at > index_time.index_started_at, true)
        and not coalesce(agents.is_given_before, false)
    {% for rise, is_known in [('rises_at', 'true'), ('may_rise_at', 'false')] %}
        union all
        select patient_id, {{ rise }} as rescued_at, {{ is_known }} as is_known from {{ ref('int_cohort__steroid_rises') }}
    {% endfor %}
)

select
    patient_id,
    min(case when is_known then rescued_at end) as rescued_at,
    min(rescued_at) as may_be_rescued_at
from rescues
group by patient_id

-- What became of each patient, judged against the own infusion. A death before it, before the first dose of the index drug, days
-- before the last bedside assessment or decades after has a mistyped date, or what was charted after it has: the death stays, its
-- date is unknown. Progression and new therapy before infusion are the history that led to CAR-T, new therapy on its day is the
-- CAR-T.
with candidates as (
    select * from {{ ref('int_treated__infusions') }}
    where is_candidate
),

told as (
    select * from {{ ref('int_records__vital_status') }}
),

first_doses as (
    select
        candidates.patient_id,
        min(doses.started_at) as given_at
    from candidates
    inner join {{ given_drugs() }} as doses on candidates.patient_id = doses.patient_id
    where
        doses.ingredient = {{ text_var('index_drug') }}
        and {{ days_between('candidates.infused_at', 'doses.started_at') }} between 0 and {{ integer_var('last_study_day') }}
    group by candidates.patient_id
),

last_assessments as (
    select candidates.patient_id, max(assessments.assessed_at) as assessed_at
    from candidates
    inner join {{ accepted('toxicity_assessments') }} as assessments
        on candidates.patient_id = assessments.patient_id and candidates.infused_at <= assessments.assessed_at
    group by candidates.patient_id
),

judged as (
    select
        told.*,
        candidates.infused_at,
        {{ days_between('candidates.infused_at', 'told.died_on') }} < 0
        or coalesce({{ days_between('first_doses.given_at', 'told.died_on') }} < 0, false)
        or coalesce({{ days_between('told.died_on', 'last_assessments.assessed_at') }} > 1, false)
        or {{ full_years_between('candidates.infused_at', days_after('told.died_on', -1)) }}
        >= {{ integer_var('years_to_death_at_most') }} as is_death_out_of_reach,
        {{ days_between('candidates.infused_at', 'told.progressed_on') }} < 0 as is_progression_before,
        {{ days_between('candidates.infused_at', 'told.new_therapy_on') }} <= 0 as is_new_therapy_before
    from candidates
    inner join told on candidates.patient_id = told.patient_id
    left join first_doses on candidates.patient_id = first_doses.patient_id
    left join last_assessments on candidates.patient_id = last_assessments.patient_id
)

select
    patient_id,
    is_death_charted as is_dead,
    case when not is_death_out_of_reach then died_on end as died_on,
    is_death_out_of_reach
    or (is_death_charted and {{ matches('nulled_cells', "'(^|[|])implausible_died_on($|[|])'") }})
        as is_death_date_implausible,
    died_on as charted_died_on,
    cause_of_death,
    contributing_cause,
    last_contact_on,
    is_progression_charted and progressed_on is null or is_cause_charted and cause_of_death is null as is_progression_unclear,
    is_new_therapy_charted and new_therapy_on is null as is_new_therapy_unclear,
    case when not is_progression_before then progressed_on end as progressed_on,
    case when not is_new_therapy_before then new_therapy_on end as new_therapy_on,
    nullif(concat_ws(
        '|',
        case when is_progression_before then 'before_infusion_progressed_on' end,
        case when is_new_therapy_before then 'before_infusion_new_therapy_on' end
    ), '') as nulled_cells,
    source_file,
    line_number
from judged

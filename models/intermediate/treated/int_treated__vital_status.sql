-- What became of each patient, judged against the own infusion. A death before it, before a dose of the index drug or decades
-- after has a mistyped date: the death stays, its date is unknown. Progression and new therapy before infusion are the history
-- that led to CAR-T, new therapy on its day is the CAR-T. Records of one patient that differ are set aside; if one of them tells
-- of a death, there was one, nobody knows when, of the cause on which all agree who tell one.
with candidates as (
    select * from {{ ref('int_treated__infusions') }}
    where is_candidate
),

vital_status as (
    select * from {{ accepted('vital_status') }}
),

last_doses as (
    select
        patient_id,
        max(started_at) as given_at
    from {{ given_drugs() }}
    where ingredient = {{ text_var('index_drug') }}
    group by patient_id
),

records_set_aside as (
    select
        patient_id,
        bool_or(is_death_charted or cause_of_death is not null or is_cause_charted) as is_dead,
        case
            when count(distinct upper(cause_of_death)) = 1 and not bool_or(is_cause_charted and cause_of_death is null)
                then min(upper(cause_of_death))
        end as cause_of_death,
        bool_or(is_progression_charted) as is_progression_charted
    from {{ set_aside('vital_status') }}
    group by patient_id
),

judged as (
    select
        vital_status.*,
        candidates.patient_id as treated_patient_id,
        case when vital_status.patient_id is null then records_set_aside.cause_of_death else vital_status.cause_of_death end
            as known_cause,
        coalesce(vital_status.is_progression_charted and vital_status.progressed_on is null, false)
        or coalesce(records_set_aside.is_progression_charted, false) as is_progression_unclear,
        candidates.infused_at,
        {{ days_between('candidates.infused_at', 'vital_status.died_on') }} < 0
        or coalesce({{ days_between('last_doses.given_at', 'vital_status.died_on') }} < 0, false)
        or {{ full_years_between('candidates.infused_at', days_after('vital_status.died_on', -1)) }}
        >= {{ integer_var('years_to_death_at_most') }} as is_death_out_of_reach,
        {{ days_between('candidates.infused_at', 'vital_status.progressed_on') }} < 0 as is_progression_before,
        {{ days_between('candidates.infused_at', 'vital_status.new_therapy_on') }} <= 0 as is_new_therapy_before,
        coalesce(vital_status.is_death_charted or vital_status.cause_of_death is not null or vital_status.is_cause_charted, false)
        or coalesce(records_set_aside.is_dead, false) as is_dead
    from candidates
    left join vital_status on candidates.patient_id = vital_status.patient_id
    left join records_set_aside on candidates.patient_id = records_set_aside.patient_id
    left join last_doses on candidates.patient_id = last_doses.patient_id
    where vital_status.patient_id is not null or records_set_aside.is_dead
)

select
    treated_patient_id as patient_id,
    is_dead,
    case when not is_death_out_of_reach then died_on end as died_on,
    is_death_out_of_reach
    or (is_death_charted and {{ matches('nulled_cells', "'(^|[|])implausible_died_on($|[|])'") }})
        as is_death_date_implausible,
    known_cause as cause_of_death,
    contributing_cause,
    last_contact_on,
    is_progression_unclear,
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

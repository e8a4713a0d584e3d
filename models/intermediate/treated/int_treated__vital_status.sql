-- What became of each patient, judged against the own infusion. A death before it or decades after has a mistyped date: the death
-- stays, its date is unknown. Progression and new therapy before it are the history that led to CAR-T, new therapy on its day is
-- the CAR-T.
with candidates as (
    select * from {{ ref('int_treated__infusions') }}
    where is_candidate
),

vital_status as (
    select * from {{ accepted('vital_status') }}
),

judged as (
    select
        vital_status.*,
        candidates.infused_at,
        {{ days_between('candidates.infused_at', 'vital_status.died_on') }} < 0
        or {{ full_years_between('candidates.infused_at', days_after('vital_status.died_on', -1)) }}
        >= {{ integer_var('years_to_death_at_most') }} as is_death_out_of_reach,
        {{ days_between('candidates.infused_at', 'vital_status.progressed_on') }} < 0 as is_progression_before,
        {{ days_between('candidates.infused_at', 'vital_status.new_therapy_on') }} <= 0 as is_new_therapy_before,
        vital_status.is_death_charted
        or vital_status.cause_of_death is not null
        or {{ was_nulled('cause_of_death', 'vital_status') }} as is_dead
    from candidates
    inner join vital_status on candidates.patient_id = vital_status.patient_id
)

select
    patient_id,
    is_dead,
    case when not is_death_out_of_reach then died_on end as died_on,
    is_death_out_of_reach
    or (is_death_charted and {{ matches('nulled_cells', "'(^|[|])implausible_died_on($|[|])'") }})
        as is_death_date_implausible,
    cause_of_death,
    contributing_cause,
    last_contact_on,
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

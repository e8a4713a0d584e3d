-- What is on record of the fate of each patient. Records of one patient that differ are set aside; if one of them tells of a
-- death, there was one; of its day and of the rest is known in what all agree who tell it.
{%- set events = {
    'cause': 'upper(cause_of_death)', 'progression': 'progressed_on', 'new_therapy': 'new_therapy_on',
} %}
with vital_status as (
    select * from {{ accepted('vital_status') }}
),

agreed as (
    select
        patient_id,
        {%- for event, told in events.items() %}
            case
                when count(distinct {{ told }}) = 1 and not bool_or(is_{{ event }}_charted and {{ told }} is null)
                    then min({{ told }})
            end as {{ event }},
            bool_or(is_{{ event }}_charted) as is_{{ event }}_charted,
        {%- endfor %}
        case
            when count(distinct died_on) = 1 and not bool_or(is_death_day_unread) then min(died_on)
        end as died_on,
        case
            when bool_or(is_death_charted) then true when count(is_death_charted) = count(*) then false
        end as is_death_charted
    from {{ set_aside('vital_status') }}
    where patient_id is not null
    group by patient_id
)

select
    patient_id, cause_of_death, progressed_on, new_therapy_on, is_death_charted, is_cause_charted, is_progression_charted,
    is_new_therapy_charted, died_on, contributing_cause, last_contact_on, nulled_cells, source_file, line_number
from vital_status
union all
select
    patient_id, cause, progression, new_therapy, is_death_charted, is_cause_charted, is_progression_charted,
    is_new_therapy_charted, died_on, null as contributing_cause, null as last_contact_on, null as nulled_cells,
    null as source_file, null as line_number
from agreed

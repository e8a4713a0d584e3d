-- Rows that count nothing although a glucocorticoid may have been given: their time, their status or their id cannot be read, or
-- the drug only looks like one, or nothing says what it was. A row without a time may belong to any day of follow-up, one with an
-- end may last until then.
with unrecognized as (
    select * from {{ ref('int_omop__unrecognized_drugs') }}
    where {{ "true" if record_origins()['medication_administrations'] == 'omop' else "false" }}
),

set_aside as (
    select rows_of_drugs.*
    from {{ ref('int_medication_administrations__all') }} as rows_of_drugs
    left join unrecognized
        on rows_of_drugs.source_file = unrecognized.source_file and rows_of_drugs.line_number = unrecognized.line_number
    left join {{ ref('glucocorticoid_equivalence') }} as equivalence on rows_of_drugs.ingredient = equivalence.ingredient
    where
        (
            (rows_of_drugs.disposition = 'quarantined' and equivalence.ingredient is not null)
            or (
                rows_of_drugs.disposition in ('accepted', 'quarantined')
                and (
                    rows_of_drugs.is_suspected_glucocorticoid
                    or (rows_of_drugs.ingredient is null and unrecognized.line_number is not null)
                )
            )
        )
        and coalesce(rows_of_drugs.status = 'given', true)
        and not rows_of_drugs.is_local
        and not rows_of_drugs.is_depot_form
        and not rows_of_drugs.is_zero_dose
),

treated as (
    select * from {{ ref('int_treated__patients') }}
)

select
    case
        when set_aside.disposition = 'accepted' then set_aside.administration_id
        else set_aside.source_file || ':' || cast(set_aside.line_number as string)
    end as administration_id,
    set_aside.is_suspected_glucocorticoid,
    set_aside.patient_id,
    coalesce(set_aside.started_at, {{ days_after('treated.infused_at', 0) }}) as starts_at,
    coalesce(
        case when set_aside.ended_at > set_aside.started_at then set_aside.ended_at end, set_aside.started_at,
        {{ days_after('treated.infused_at', integer_var('last_study_day') ~ ' + 1') }}
    ) as ends_at
from set_aside
inner join treated on set_aside.patient_id = treated.patient_id

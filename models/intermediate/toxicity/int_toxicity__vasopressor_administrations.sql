-- Vasopressors given to the treated population by a line into a vessel. A rate without an end holds for some hours, or until the
-- drug's next row; that time, and a drug whose route is not known, is assumed. Anything else without an end counts at its start.
with administrations as (
    select * from {{ accepted('medication_administrations') }}
    where
        status in ('given', 'held', 'cancelled')
        and drug_class in ('vasopressor', 'vasopressin')
        and (route is null and not is_local_form or route in ('intravenous', 'intravenous infusion', 'intraosseous'))
),

treated as (
    select * from {{ ref('int_treated__patients') }}
),

followed as (
    select
        *,
        case when ended_at > started_at then ended_at end as charted_end,
        route = 'intravenous infusion'
        or {{ matches("lower(concat_ws(' ', dose, dose_unit))", "'/ *(min|h|hr|hour|std|d|day)'") }} as is_rate,
        {{ seconds_after('started_at', integer_var('vasopressor_holds_hours') ~ ' * 3600.0') }} as holds_until,
        lead(started_at) over (partition by patient_id, ingredient order by started_at, administration_id) as next_at
    from administrations
)

select
    followed.patient_id,
    followed.administration_id,
    followed.ingredient,
    followed.drug_class,
    followed.started_at,
    case
        when followed.charted_end is not null then followed.charted_end
        when followed.is_rate and followed.next_at <= followed.holds_until then followed.next_at
    end as ended_at,
    case
        when followed.charted_end is null and followed.is_rate and coalesce(followed.next_at > followed.holds_until, true)
            then followed.holds_until
    end as held_until,
    followed.route is null or (followed.charted_end is null and followed.is_rate) as is_assumed,
    treated.infused_at
from followed
inner join treated on followed.patient_id = treated.patient_id
where followed.status = 'given' and not followed.is_zero_dose

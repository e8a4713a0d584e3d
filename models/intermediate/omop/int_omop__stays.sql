-- Stays in hospital: visits of a person that overlap, or of which one begins on the day on which another ended, are one. It
-- ended when the last of them did; one that has not ended, or nobody knows when, ends with none. Who died, went to a hospice or
-- was transferred was not discharged.
with visits as (
    select
        visits.person_id,
        cast({{ parsed_time('visits.visit_start_date') }} as date) as starts_on,
        cast({{ parsed_time('coalesce(visits.visit_end_date, visits.visit_end_datetime)') }} as date) as ends_on,
        discharges.term is not null as is_no_discharge
    from {{ ref('stg_omop__visit_occurrence') }} as visits
    inner join {{ ref('omop_concepts') }} as kinds
        on visits.visit_concept_id = kinds.concept_id and kinds.meaning = 'inpatient visit'
    left join {{ ref('omop_concepts') }} as discharges
        on
            coalesce(visits.discharged_to_concept_id, visits.discharge_to_concept_id) = discharges.concept_id
            and discharges.meaning = 'discharge'
    where visits.unreadable_id is null
),

placed as (
    select
        *,
        max(coalesce(ends_on, starts_on)) over (
            partition by person_id order by starts_on, ends_on rows between unbounded preceding and 1 preceding
        ) as before_until
    from visits
    where starts_on is not null
),

numbered as (
    select
        *,
        sum(case when starts_on <= before_until then 0 else 1 end) over (
            partition by person_id order by starts_on, ends_on rows between unbounded preceding and current row
        ) as stay
    from placed
),

ended as (
    select
        *,
        max(coalesce(ends_on, starts_on)) over (partition by person_id, stay) as until_on,
        max(starts_on) over (partition by person_id, stay) as last_starts_on
    from numbered
)

select
    person_id,
    min(starts_on) as starts_on,
    max(until_on) as until_on,
    case when not bool_or(starts_on = last_starts_on and ends_on is null) then max(until_on) end as ended_on,
    bool_or(is_no_discharge and ends_on = until_on) as is_no_discharge
from ended
group by person_id, stay

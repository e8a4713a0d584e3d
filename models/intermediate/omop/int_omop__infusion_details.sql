-- What the extract's infusions say of a patient and calendar day, where those that say anything usable are of one mind.
{%- set single_minded = [
    'indication', 'lymphodepletion_started_at', 'discharged_on', 'prior_lines', 'disease_status', 'ann_arbor_stage', 'ecog',
    'extranodal_sites', 'ipi'
] %}
with infusions as (
    select
        *,
        {{ parsed_time('infused_at') }} as infused_time,
        case
            when {{ folded('care_setting') }} in ('standard of care', 'clinical trial', 'expanded access') then care_setting
        end as usable_care_setting
    from {{ ref('stg_extract__infusions') }}
)

select
    patient_id,
    cast(infused_time as date) as infused_on,
    {%- for column in single_minded %}
        case when count(distinct {{ column }}) = 1 then min({{ column }}) end as {{ column }},
    {%- endfor %}
    coalesce(
        case when count(distinct usable_care_setting) = 1 then min(usable_care_setting) end,
        case when count(usable_care_setting) = 0 then {{ joined_texts('care_setting') }} end
    ) as care_setting
from infusions
group by patient_id, cast(infused_time as date)

-- The indication of an infusion: the last one diagnosed up to the day of infusion; none where that day names two.
with infusions as (
    select distinct person_id, cast(infused_time as date) as infused_on from {{ ref('int_omop__infusion_rows') }}
),

diagnoses as (
    select * from {{ ref('int_omop__diagnosed_indications') }}
),

before as (
    select
        infusions.person_id,
        infusions.infused_on,
        diagnoses.indication,
        rank() over (
            partition by infusions.person_id, infusions.infused_on order by cast(diagnoses.diagnosed_at as date) desc
        ) as place
    from infusions
    inner join diagnoses
        on infusions.person_id = diagnoses.person_id and cast(diagnoses.diagnosed_at as date) <= infusions.infused_on
)

select
    before.person_id,
    before.infused_on,
    min(before.indication) as indication
from before
inner join {{ ref('int_omop__matches') }} as indications
    on indications.vocabulary = 'indications' and {{ folded('before.indication') }} = indications.source_text
where before.place = 1
group by before.person_id, before.infused_on
having count(distinct indications.concept) = 1

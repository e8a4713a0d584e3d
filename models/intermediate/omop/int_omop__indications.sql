-- The indication of an infusion: the last one diagnosed up to the day of infusion; none where that day names two.
with infusions as (
    select * from {{ ref('int_omop__infusion_rows') }}
),

diagnoses as (
    select * from {{ ref('int_omop__diagnosed_indications') }}
),

before as (
    select
        infusions.source_file,
        infusions.line_number,
        diagnoses.indication,
        rank() over (
            partition by infusions.source_file, infusions.line_number order by cast(diagnoses.diagnosed_at as date) desc
        ) as place
    from infusions
    inner join diagnoses
        on
            infusions.person_id = diagnoses.person_id
            and cast(diagnoses.diagnosed_at as date) <= cast(infusions.infused_time as date)
)

select
    before.source_file,
    before.line_number,
    min(before.indication) as indication
from before
inner join {{ ref('int_omop__matches') }} as indications
    on indications.vocabulary = 'indications' and {{ folded('before.indication') }} = indications.source_text
where before.place = 1
group by before.source_file, before.line_number
having count(distinct indications.concept) = 1

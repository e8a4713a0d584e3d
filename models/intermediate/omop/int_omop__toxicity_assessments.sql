-- What was charted of one person at one time is one assessment, told by its first row; where a component was charted twice with
-- two values, both are told, which is none.
with assessed as (
    select * from {{ ref('int_omop__assessed') }}
),

patient_ids as (
    select * from {{ ref('int_omop__patient_ids') }}
),

numbered as (
    select
        *,
        row_number() over (partition by person_id, assessed_at order by source_file, line_number) as place
    from assessed
),

gathered as (
    select
        person_id,
        assessed_at,
        {%- for component in record_columns('toxicity_assessments')[3:] %}
            case
                when count(distinct case when component = '{{ component }}' then value end) > 1 then 'several values'
                else min(case when component = '{{ component }}' then value end)
            end as {{ component }},
        {%- endfor %}
        min(case when place = 1 then source_file end) as source_file,
        min(case when place = 1 then line_number end) as line_number
    from numbered
    group by person_id, assessed_at
)

select
    concat(gathered.source_file, ':', gathered.line_number) as assessment_id,
    {{ omop_patient('gathered') }} as patient_id,
    gathered.assessed_at,
    {%- for component in record_columns('toxicity_assessments')[3:] %}
        gathered.{{ component }},
    {%- endfor %}
    gathered.source_file,
    gathered.line_number
from gathered
left join patient_ids on gathered.person_id = patient_ids.person_id

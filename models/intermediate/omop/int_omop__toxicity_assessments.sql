-- What was charted of one person at one time is one assessment, told by its first row. Where a component was charted twice with
-- two values, both are told: two vasopressors are two, and two scores are none.
{%- set components = record_columns('toxicity_assessments')[3:] %}
with assessed as (
    select * from {{ ref('int_omop__assessed') }}
),

patient_ids as (
    select * from {{ ref('int_omop__patient_ids') }}
),

placed as (
    select
        *,
        first_value(source_file) over of_one_time as first_file,
        first_value(line_number) over of_one_time as first_line
    from assessed
    window of_one_time as (partition by person_id, assessed_at order by source_file, line_number)
),

gathered as (
    select
        person_id,
        assessed_at,
        {%- for component in components %}
            {{ joined_texts("case when component = '" ~ component ~ "' then value end") }} as {{ component }},
        {%- endfor %}
        first_file as source_file,
        first_line as line_number
    from placed
    group by person_id, assessed_at, first_file, first_line
)

select
    concat(gathered.source_file, ':', gathered.line_number) as assessment_id,
    {{ omop_patient('gathered') }} as patient_id,
    gathered.assessed_at,
    {%- for component in components %}
        gathered.{{ component }},
    {%- endfor %}
    gathered.source_file,
    gathered.line_number
from gathered
left join patient_ids on gathered.person_id = patient_ids.person_id

-- What the seeds make of the site's own words and codes. A record without a word or code is counted too, as a term without
-- either. Units are told where they are read: of the study's analytes and of glucocorticoids alone.
{%- set coded = ['medications', 'lab_tests'] %}
with matches as (
    select * from {{ ref('int_terminology__matches') }}
),

worded as (
    {%- for vocabulary, about in vocabularies().items() if about.term_kind and vocabulary not in coded + ['dose_units'] %}
        {%- for entity, column in about.texts.items() %}
            select
                '{{ entity }}' as entity,
                '{{ column }}' as column_name,
                '{{ about.term_kind }}' as term_kind,
                cast(null as string) as vocabulary,
                cast(null as string) as code,
                {{ folded('records.' ~ column) }} as source_text,
                known.concept as mapped_to,
                case when known.is_negation then 'negation' end as not_mapped_because,
                records.patient_id,
                records.n_records
            from {{ said_of_patients(entity, column) }} as records
            left join matches as known
                on known.vocabulary = '{{ vocabulary }}' and {{ folded('records.' ~ column) }} = known.source_text
            union all
        {%- endfor %}
    {%- endfor %}
    select
        'medication_administrations' as entity,
        'frequency' as column_name,
        'frequency' as term_kind,
        cast(null as string) as vocabulary,
        cast(null as string) as code,
        {{ folded('records.frequency') }} as source_text,
        case
            when known.is_as_needed then 'as needed'
            when known.doses_per_day is not null then cast(known.doses_per_day as string) || ' a day'
        end as mapped_to,
        cast(null as string) as not_mapped_because,
        records.patient_id,
        records.n_records
    from {{ said_of_patients('medication_administrations', 'frequency') }} as records
    left join {{ ref('int_terminology__frequencies') }} as known on {{ folded('records.frequency') }} = known.frequency_text
    union all
    select
        'toxicity_assessments' as entity,
        'vasopressors' as column_name,
        'vasopressor' as term_kind,
        cast(null as string) as vocabulary,
        cast(null as string) as code,
        known.piece as source_text,
        case when known.is_negation then 'none' else known.ingredient end as mapped_to,
        cast(null as string) as not_mapped_because,
        records.patient_id,
        records.n_records
    from {{ said_of_patients('toxicity_assessments', 'vasopressors') }} as records
    inner join {{ ref('int_terminology__vasopressors') }} as known
        on {{ folded('records.vasopressors') }} = known.vasopressors_text
    union all
    select
        'medication_administrations' as entity,
        'medication' as column_name,
        'drug' as term_kind,
        {{ folded('records.code_system') }} as vocabulary,
        records.code,
        {{ folded('records.medication') }} as source_text,
        known.ingredient as mapped_to,
        case when known.is_suspected_glucocorticoid then 'suspected_glucocorticoid' end as not_mapped_because,
        records.patient_id,
        records.n_records
    from {{ said_of_patients('medication_administrations', 'code_system, code, medication') }} as records
    left join {{ ref('int_terminology__medications') }} as known
        on
            {{ folded('records.medication') }} = known.medication_text
            and case when {{ folded('records.code_system') }} = 'rxnorm' then records.code end
            is not distinct from known.rxnorm_code
    union all
    select
        'lab_results' as entity,
        'test_name' as column_name,
        'laboratory test' as term_kind,
        {{ folded('records.code_system') }} as vocabulary,
        records.code,
        {{ folded('records.test_name') }} as source_text,
        known.analyte as mapped_to,
        known.excluded_because as not_mapped_because,
        records.patient_id,
        records.n_records
    from {{ said_of_patients('lab_results', 'code_system, code, test_name') }} as records
    left join {{ ref('int_terminology__lab_tests') }} as known
        on
            {{ folded('records.code_system') }} is not distinct from known.code_system
            and records.code is not distinct from known.code
            and {{ folded('records.test_name') }} is not distinct from known.test_name
)

select
    entity, column_name, term_kind, vocabulary, code, source_text, mapped_to, not_mapped_because,
    cast(sum(n_records) as bigint) as n_records, count(distinct patient_id) as n_patients
from worded
group by entity, column_name, term_kind, vocabulary, code, source_text, mapped_to, not_mapped_because

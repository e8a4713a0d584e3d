-- What the seeds make of the site's own words and codes. A record without a word or code is counted too, as a term without
-- either. Units are told where they are read: of the study's analytes and of glucocorticoids alone.
{%- set said = [] %}
{%- for vocabulary, about in vocabularies().items() if about.term_kind and vocabulary != 'dose_units' %}
    {%- for entity, column in about.texts.items() %}
        {%- do said.append([vocabulary, entity, column, about.term_kind]) %}
    {%- endfor %}
{%- endfor %}
{%- do said.append(['frequencies', 'medication_administrations', 'frequency', 'frequency']) %}
with vasopressor_pieces as (
    select distinct
        vasopressors_text,
        piece
    from {{ ref('int_terminology__vasopressors') }}
),

said as (
    {%- for read_by, entity, column, term_kind in said %}
        select
            '{{ read_by }}' as read_by,
            '{{ entity }}' as entity,
            '{{ column }}' as column_name,
            '{{ term_kind }}' as term_kind,
            {{ 'vocabulary, code,' if read_by in ['medications', 'lab_tests']
                else 'cast(null as string) as vocabulary, cast(null as string) as code,' }}
            source_text,
            n_records,
            n_patients
        from {{ said_of_patients(entity, column, is_coded=read_by in ['medications', 'lab_tests']) }} as terms
        union all
    {%- endfor %}
    select
        'vasopressors' as read_by,
        'toxicity_assessments' as entity,
        'vasopressors' as column_name,
        'vasopressor' as term_kind,
        cast(null as string) as vocabulary,
        cast(null as string) as code,
        known.piece as source_text,
        cast(sum(records.n_records) as bigint) as n_records,
        count(distinct records.patient_id) as n_patients
    from (
        select {{ folded('vasopressors') }} as vasopressors_text, patient_id, count(*) as n_records
        from {{ record_source('toxicity_assessments') }}
        group by {{ folded('vasopressors') }}, patient_id
    ) as records
    inner join vasopressor_pieces as known on records.vasopressors_text = known.vasopressors_text
    group by known.piece
)

select
    said.entity,
    said.column_name,
    said.term_kind,
    said.vocabulary,
    said.code,
    said.source_text,
    case said.read_by
        when 'medications' then medications.ingredient
        when 'lab_tests' then lab_tests.analyte
        when 'frequencies'
            then case
                when frequencies.is_as_needed then 'as needed'
                when frequencies.doses_per_day is not null then cast(frequencies.doses_per_day as string) || ' a day'
            end
        when 'vasopressors' then case when matches.is_negation then 'none' else replace(matches.concepts, '|', ', ') end
        else matches.concept
    end as mapped_to,
    case said.read_by
        when 'medications' then case when medications.is_suspected_glucocorticoid then 'suspected_glucocorticoid' end
        when 'lab_tests' then lab_tests.excluded_because
        when 'vasopressors' then null
        else case when matches.is_negation then 'negation' end
    end as not_mapped_because,
    said.n_records,
    said.n_patients
from said
left join {{ ref('int_terminology__matches') }} as matches
    on said.read_by = matches.vocabulary and said.source_text = matches.source_text
left join {{ ref('int_terminology__frequencies') }} as frequencies
    on said.read_by = 'frequencies' and said.source_text = frequencies.frequency_text
left join {{ ref('int_terminology__medications') }} as medications
    on
        said.read_by = 'medications'
        and said.source_text = medications.medication_text
        and case when said.vocabulary = 'rxnorm' then said.code end is not distinct from medications.rxnorm_code
left join {{ ref('int_terminology__lab_tests') }} as lab_tests
    on
        said.read_by = 'lab_tests'
        and said.vocabulary is not distinct from lab_tests.code_system
        and said.code is not distinct from lab_tests.code
        and said.source_text is not distinct from lab_tests.test_name

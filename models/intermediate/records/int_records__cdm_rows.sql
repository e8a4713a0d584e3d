-- What every readable row of the common data model became, so that none is lost silently: a record of a kind, knowledge that
-- records are read with, or nothing, with the reason. A kind that comes from the extract makes nothing of its rows.
with accounts as (
    select 'person' as cdm_table, 'patients' as became, null as reason, count(*) as n_rows
    from {{ ref('int_omop__patients') }}
    union all
    select 'drug_exposure' as cdm_table, 'medication_administrations' as became, null as reason, count(*) as n_rows
    from {{ ref('int_omop__medication_administrations') }}
    union all
    select
        case place when 1 then 'drug_exposure' else 'procedure_occurrence' end as cdm_table, 'infusions' as became,
        no_record_because as reason, count(*) as n_rows
    from {{ ref('int_omop__infusion_rows') }}
    group by all
    union all
    select 'measurement' as cdm_table, 'lab_results' as became, null as reason, count(*) as n_rows
    from {{ ref('int_omop__lab_results') }}
    union all
    {% for table, used_by, became, otherwise, wanted in [
        ('measurement', 'int_omop__assessed', 'toxicity_assessments', none, 'used.line_number is not null'),
        ('observation', 'int_omop__assessed', 'toxicity_assessments', 'not_an_assessment', 'true'),
        ('procedure_occurrence', 'int_omop__infusion_rows', none, 'not_a_product', 'used.line_number is null'),
        ('condition_occurrence', 'int_omop__diagnosed_indications', 'indications', 'not_an_indication', 'true'),
        ('visit_occurrence', 'int_omop__last_visits', 'vital_status', 'not_the_last_visit', 'true'),
    ] %}
        select
            '{{ table }}' as cdm_table,
            {{ "case when used.line_number is not null then '" ~ became ~ "' end" if became else 'cast(null as string)' }}
                as became,
            {{ "case when used.line_number is null then '" ~ otherwise ~ "' end" if otherwise else 'cast(null as string)' }}
                as reason,
            count(*) as n_rows
        from {{ ref('stg_omop__' ~ table) }} as delivered
        left join {{ ref(used_by) }} as used
            on delivered.source_file = used.source_file and delivered.line_number = used.line_number
        where
            delivered.unreadable_id is null
            and {{ wanted }}
        group by all
        union all
    {% endfor %}
    select 'death' as cdm_table, 'vital_status' as became, null as reason, count(*) as n_rows
    from {{ ref('stg_omop__death') }}
    where unreadable_id is null or person_id is not null
    {%- if record_origins()['infusions'] == 'omop' %}
        union all
        select
            'infusion_details' as cdm_table, 'infusions' as became,
            case when details.line_number is null then 'no_infusion_of_that_day' end as reason, count(*) as n_rows
        from {{ ref('stg_extract__infusions') }} as delivered
        left join {{ ref('int_omop__completed_infusions') }} as details
            on delivered.source_file = details.source_file and delivered.line_number = details.line_number
        group by all
    {%- endif %}
    {% for table, became in [
        ('concept', 'vocabulary'), ('concept_ancestor', 'vocabulary'), ('drug_strength', 'vocabulary'), ('drug_era', 'ingredients')
    ] %}
        union all
        select '{{ table }}' as cdm_table, '{{ became }}' as became, null as reason, count(*) as n_rows
        from {{ ref('stg_omop__' ~ table) }}
        where unreadable_id is null
    {% endfor %}
    union all
    select entity as cdm_table, null as became, 'concept_not_used' as reason, n_not_needed as n_rows
    from {{ ref('int_records__counts') }}
),

kinds_from_extract as (
    {% for kind in kinds_from_extract() %}
        select '{{ kind }}' as kind
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    accounts.cdm_table,
    case when accounts.reason is null and kinds_from_extract.kind is null then accounts.became else 'no record' end as became,
    coalesce(accounts.reason, case when kinds_from_extract.kind is not null then 'kind_taken_from_extract' end) as reason,
    cast(accounts.n_rows as bigint) as n_rows
from accounts
left join kinds_from_extract on accounts.became = kinds_from_extract.kind
where accounts.n_rows > 0

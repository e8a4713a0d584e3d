{%- set cells = record_cells('medication_administrations', [
    'administration_id', 'patient_id', 'medication', 'started_at', 'ended_at', 'code_system',
    'code', 'dose', 'dose_unit', 'frequency', 'product_strength',
]) %}
{%- set status_fault %}
    case when source.status is null then 'missing_status' when statuses.concept is null then 'unknown_status' end
{%- endset %}
{#- Of a row of the common data model an id that is none sets the record aside, which stays one of its person. -#}
{%- set id_fault = 'source.unreadable_id' if record_origins()['medication_administrations'] == 'omop' else 'null' %}
with source as (
    {{ bounded_source('medication_administrations', cells) }}
),

patients as (
    select * from {{ ref('int_records__patients') }}
),

medications as (
    select * from {{ ref('int_terminology__medications') }}
),

route_words as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'routes'
),

routes as (
    select * from {{ ref('routes') }}
),

statuses as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'medication_statuses'
),

frequencies as (
    select * from {{ ref('int_terminology__frequencies') }}
),

purposes as (
    select * from {{ ref('int_terminology__matches') }}
    where vocabulary = 'purposes'
),

parsed as (
    select
        {{ typed_columns(cells) }},
        medications.ingredient,
        medications.drug_class,
        coalesce(medications.is_suspected_glucocorticoid, false) as is_suspected_glucocorticoid,
        coalesce(medications.is_depot_form, false) as is_depot_form,
        coalesce(medications.is_local_form, false) as is_local_form,
        routes.route,
        routes.order_route,
        routes.is_systemic as is_systemic_route,
        coalesce(not routes.is_systemic, medications.is_local_form, false) as is_local,
        source.route as route_text,
        {{ charted_status('source', 'statuses.concept', 'frequencies.doses_per_day') }} as status,
        coalesce(statuses.concept = 'discontinued', false) as is_discontinued,
        frequencies.doses_per_day,
        coalesce(frequencies.is_as_needed, false) as is_as_needed,
        {{ is_zero_dose('source.dose') }} as is_zero_dose,
        coalesce(length(source.started_at) = 10, false) as is_date_alone,
        purposes.concept as purpose,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells, [
            "case when source.route is not null and routes.route is null then 'unknown_route' end",
            "case when source.frequency is not null and coalesce(frequencies.doses_per_day is null and not frequencies.is_as_needed, true) then 'unknown_frequency' end",
            "case when coalesce(" ~ id_fault ~ ", " ~ row_fault(cells) ~ ") is not null then " ~ status_fault ~ " end",
        ]) }} as nulled_cells,
        coalesce(
            {{ id_fault }},
            {{ row_fault(cells) }},
            {{ status_fault }},
            case when patients.patient_id is null then 'unknown_patient' end
        ) as fault
    from source
    left join patients on source.patient_id = patients.patient_id
    left join medications
        on
            {{ folded('source.medication') }} = medications.medication_text
            and case when {{ folded('source.code_system') }} = 'rxnorm' then source.code end
            is not distinct from medications.rxnorm_code
    left join route_words on {{ folded('source.route') }} = route_words.source_text
    left join routes
        on coalesce(route_words.concept, case when source.route is null then medications.form_route end) = routes.route
    left join statuses on {{ folded('source.status') }} = statuses.source_text
    left join frequencies on {{ folded('source.frequency') }} = frequencies.frequency_text
    left join purposes on {{ folded('source.purpose') }} = purposes.source_text
)

{{ judged_records('medication_administrations', 'administration_id') }}

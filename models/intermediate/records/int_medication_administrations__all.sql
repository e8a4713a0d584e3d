{%- set cells = record_cells('medication_administrations', [
    'administration_id', 'patient_id', 'medication', 'started_at', 'status', 'ended_at', 'code_system',
    'code', 'dose', 'dose_unit', 'frequency', 'product_strength',
]) %}
with source as (
    select * from {{ record_source('medication_administrations') }}
),

patients as (
    select * from {{ accepted('patients') }}
),

medications as (
    select * from {{ ref('int_terminology__medications') }}
),

routes as (
    select * from {{ ref('routes') }}
),

frequencies as (
    select * from {{ ref('frequencies') }}
),

purposes as (
    select * from {{ ref('administration_purposes') }}
),

parsed as (
    select
        {{ typed_columns(cells) }},
        medications.ingredient,
        medications.drug_class,
        coalesce(medications.is_depot_form, false) as is_depot_form,
        coalesce(medications.is_local_form, false) as is_local_form,
        routes.route,
        routes.is_systemic as is_systemic_route,
        source.route as route_text,
        frequencies.doses_per_day,
        coalesce(frequencies.is_as_needed, false) as is_as_needed,
        purposes.purpose,
        source.source_file,
        source.line_number,
        {{ nulled_cells(cells, [
            "case when source.route is not null and routes.route is null then 'unknown_route' end",
            "case when source.frequency is not null and coalesce(frequencies.doses_per_day is null and not frequencies.is_as_needed, true) then 'unknown_frequency' end",
        ]) }} as nulled_cells,
        coalesce(
            {{ row_fault(cells) }},
            case when patients.patient_id is null then 'unknown_patient' end
        ) as fault
    from source
    left join patients on source.patient_id = patients.patient_id
    left join medications
        on
            {{ folded('source.medication') }} = medications.medication_text
            and case when {{ folded('source.code_system') }} = 'rxnorm' then source.code end
            is not distinct from medications.rxnorm_code
    left join routes on {{ folded('source.route') }} = routes.name
    left join frequencies on {{ folded('source.frequency') }} = frequencies.name
    left join purposes on {{ folded('source.purpose') }} = purposes.name
)

{{ judged_records('medication_administrations', 'administration_id') }}

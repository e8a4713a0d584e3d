{#- A patient as the records of a study name them, for a row of `rows` joined to int_omop__patient_ids as patient_ids. A person
    without a row in the table person is nobody's namesake: the words before the id keep it from matching a source value. -#}
{% macro omop_patient(rows) -%}
    coalesce(patient_ids.patient_id, 'person_id ' || cast({{ rows }}.person_id as string))
{%- endmacro %}

{#- What of a source value is text and no bare code: at least three letters in a row. -#}
{% macro worded(column) -%}
    case when {{ matches(column, "'[A-Za-z]{3}'") }} then {{ column }} end
{%- endmacro %}

{#- Whether a text looks like a LOINC code. -#}
{% macro is_loinc(column) -%}
    {{ matches(column, "'^\\d{1,5}-\\d$'") }}
{%- endmacro %}

{#- Whether a code, with its point or without, begins as a seed's code does. -#}
{% macro begins_as(code, code_start) -%}
    {{ begins_with("replace(" ~ code ~ ", '.', '')", "replace(" ~ code_start ~ ", '.', '')") }}
{%- endmacro %}

{#- When a row of the table measurement was measured: its time of day may stand beside the date, as version 5.3 has it. -#}
{% macro measured_at(rows=none) -%}
    {%- set row = rows ~ '.' if rows else '' -%}
    coalesce(
        {{ row }}measurement_datetime,
        case
            when {{ matches(row ~ 'measurement_time', "'^\\d{2}:\\d{2}(:\\d{2})?$'") }}
                then {{ row }}measurement_date || ' ' || {{ row }}measurement_time
        end,
        {{ row }}measurement_date
    )
{%- endmacro %}

{#- A 64-bit id of the common data model, exact to its last digit; null where the cell holds anything but a whole number. -#}
{% macro exact_id(column) -%}
    {%- set text = cleaned(column) -%}
    case
        when {{ matches(text, "'^-?\\d{1,19}([.]0*)?$'") }}
            then try_cast({{ replaced_everywhere(text, "'[.]0*$'", "''") }} as bigint)
    end
{%- endmacro %}

{#- Which of a row's ids cannot be read, as a reason such as `unreadable_person_id`; null where all can. -#}
{% macro unreadable_id(columns) -%}
    case
        {%- for column in columns %}
        when {{ cleaned(column) }} is not null and {{ exact_id(column) }} is null then 'unreadable_{{ column }}'
        {%- endfor %}
    end
{%- endmacro %}

{#- The text of the id that unreadable_id names; null where all ids can be read. -#}
{% macro unreadable_cell(columns) -%}
    case
        {%- for column in columns %}
        when {{ cleaned(column) }} is not null and {{ exact_id(column) }} is null then {{ cleaned(column) }}
        {%- endfor %}
    end
{%- endmacro %}

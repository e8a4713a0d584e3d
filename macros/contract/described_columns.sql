{#- The input contract as the YAML of a staging model describes it (config.meta of its columns): name, type, whether it is
    required, quantity, allowed words, by name in the order of the contract. What the model adds of its own has no type.
    Without any while dbt parses: only when it runs has it read all YAML. -#}
{% macro described_columns(staging_model) -%}
    {%- set described = {} -%}
    {%- if execute -%}
        {%- for name, column in graph.nodes['model.cartox.' ~ staging_model].columns.items() if column.meta.type -%}
            {%- do described.update({name: dict(column.meta, name=name)}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(described) }}
{%- endmacro %}

{#- One of them; an error where the YAML does not describe it. -#}
{% macro described_column(staging_model, name) -%}
    {%- set described = described_columns(staging_model) -%}
    {%- if execute and name not in described -%}
        {{ exceptions.raise_compiler_error(staging_model ~ ".yml does not describe the column " ~ name ~ " and its type") }}
    {%- endif -%}
    {{ return(described.get(name, {})) }}
{%- endmacro %}

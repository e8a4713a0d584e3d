{#- How dbt builds a table on DuckDB: as its adapter does, but under its own name at once. To build beside and rename twice costs a
    third of dbt's own time for a model, and nobody reads a file that dbt is building. A model that fails leaves no older table. -#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
    {%- set table = this.incorporate(type='table') -%}
    {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
    {%- do drop_relation_if_exists(load_cached_relation(this)) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=True) -%}
    {%- call statement('main', language=model['language']) -%}
        {{ create_table_as(False, table, compiled_code, model['language']) }}
    {%- endcall -%}
    {%- do run_hooks(post_hooks, inside_transaction=True) -%}
    {%- do persist_docs(table, model) -%}
    {%- do adapter.commit() -%}
    {%- do run_hooks(post_hooks, inside_transaction=False) -%}
    {{ return({'relations': [table]}) }}
{% endmaterialization %}

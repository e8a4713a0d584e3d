-- The statistics once more, in the columns of tools of others.
create or replace table results.analysis_results (
    group1 varchar,
    group1_level varchar,
    variable varchar not null,
    variable_level varchar,
    context varchar not null,
    stat_name varchar not null,
    stat_label varchar not null,
    stat varchar,
    fmt_fun varchar,
    warning varchar,
    error varchar
);

create or replace table results.summarised_result (
    result_id integer not null,
    cdm_name varchar not null,
    group_name varchar not null,
    group_level varchar not null,
    strata_name varchar not null,
    strata_level varchar not null,
    variable_name varchar not null,
    variable_level varchar,
    estimate_name varchar not null,
    estimate_type varchar not null,
    estimate_value varchar not null,
    additional_name varchar not null,
    additional_level varchar not null
);

create or replace table results.summarised_result_settings (
    result_id integer not null primary key,
    result_type varchar not null,
    package_name varchar not null,
    package_version varchar not null,
    "group" varchar not null,
    strata varchar not null,
    additional varchar not null,
    min_cell_count varchar not null,
    index_drug varchar not null,
    index_toxicity varchar not null,
    is_synthetic boolean not null
);

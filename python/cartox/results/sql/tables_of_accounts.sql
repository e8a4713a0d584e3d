-- What a reader is told besides: counts and summaries without a test, the printed figures, the facts of the run.
create or replace table results.cohort_summaries (
    measure varchar not null,
    study_group varchar not null,
    n bigint not null,
    n_missing bigint not null,
    n_bounds bigint not null,
    median double,
    q1 double,
    q3 double,
    min double,
    max double,
    certainty varchar not null,
    q1_certainty varchar not null,
    q3_certainty varchar not null,
    min_certainty varchar not null,
    max_certainty varchar not null,
    unit varchar,
    not_applicable varchar,
    primary key (measure, study_group)
);

create or replace table results.counts (
    topic varchar not null,
    item varchar not null,
    level varchar not null,
    study_group varchar not null,
    n bigint not null,
    n_of bigint,
    percent double,
    counted varchar not null,
    primary key (topic, item, level, study_group)
);

create or replace table results.reported_figures (
    figure_id varchar not null primary key,
    reported double not null,
    computed double,
    verdict varchar not null,
    convention varchar,
    follows_rule boolean,
    explanation varchar not null,
    computed_unrounded double,
    certainty varchar,
    section varchar,
    description varchar,
    study_group varchar,
    statistic varchar not null,
    decimals integer not null,
    unit varchar,
    figure_order integer not null
);

create or replace table results.methods (
    sentence_number integer not null,
    topic varchar not null,
    sentence varchar not null,
    stands_on varchar not null,
    source varchar not null,
    primary key (sentence_number)
);

create or replace table results.reporting_items (
    guideline varchar not null,
    item varchar not null,
    part varchar not null,
    asks varchar not null,
    status varchar not null,
    answer varchar,
    open_reason varchar,
    display_order integer not null,
    primary key (guideline, item)
);

create or replace table results.run_manifest (
    key varchar not null primary key,
    value varchar
);

-- Values and grades over time: areas, days, and how often was measured.
create or replace table results.lab_auc (
    patient_id varchar not null,
    analyte varchar not null,
    rule varchar not null,
    auc double,
    certainty varchar not null,
    first_day integer,
    last_day integer,
    n_observed_days integer not null,
    unit varchar,
    not_applicable varchar,
    primary key (patient_id, analyte, rule)
);

create or replace table results.area_summaries (
    analyte varchar not null,
    rule varchar not null,
    study_group varchar not null,
    n bigint not null,
    n_missing bigint not null,
    n_bounds bigint not null,
    median double,
    q1 double,
    q3 double,
    certainty varchar not null,
    q1_certainty varchar not null,
    q3_certainty varchar not null,
    unit varchar,
    not_applicable varchar,
    primary key (analyte, rule, study_group)
);

create or replace table results.daily_summaries (
    measure varchar not null,
    study_group varchar not null,
    study_day integer not null,
    n bigint not null,
    n_bounds bigint not null,
    median double,
    q1 double,
    q3 double,
    certainty varchar not null,
    q1_certainty varchar not null,
    q3_certainty varchar not null,
    highest_certainty varchar,
    unit varchar,
    primary key (measure, study_group, study_day)
);

create or replace table results.sampling_intensity (
    analyte varchar not null,
    measure varchar not null,
    study_group varchar not null,
    n bigint not null,
    n_missing bigint not null,
    median double,
    q1 double,
    q3 double,
    primary key (analyte, measure, study_group)
);

create or replace table results.grade_counts (
    toxicity varchar not null,
    study_group varchar not null,
    study_day integer not null,
    n_evaluable bigint not null,
    n_grade_0 bigint not null,
    n_grade_1 bigint not null,
    n_grade_2 bigint not null,
    n_grade_3 bigint not null,
    n_grade_4 bigint not null,
    n_bounds bigint not null,
    primary key (toxicity, study_group, study_day)
);

create or replace table results.grade_agreement (
    toxicity varchar not null,
    weights varchar not null,
    n_assessments bigint not null,
    n_equal bigint not null,
    percent_equal double,
    kappa double,
    kappa_low double,
    kappa_high double,
    method varchar not null,
    not_applicable varchar,
    primary key (toxicity, weights)
);

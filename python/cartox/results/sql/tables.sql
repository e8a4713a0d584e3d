create schema if not exists results;

create or replace table results.descriptives (
    variable varchar not null,
    level varchar not null,
    study_group varchar not null,
    n bigint not null,
    n_missing bigint not null,
    count bigint,
    percent double,
    median double,
    q1 double,
    q3 double,
    min double,
    max double,
    percent_low double,
    percent_high double,
    n_bounds bigint not null,
    certainty varchar not null,
    q1_certainty varchar,
    q3_certainty varchar,
    min_certainty varchar,
    max_certainty varchar,
    label varchar not null,
    section varchar not null,
    unit varchar,
    kind varchar not null,
    display_order integer not null,
    level_order integer not null,
    not_applicable varchar,
    primary key (variable, level, study_group)
);

create or replace table results.comparisons (
    variable varchar not null primary key,
    family varchar,
    test varchar not null,
    method varchar,
    n_responders bigint not null,
    n_non_responders bigint not null,
    n_missing bigint not null,
    n_bounds bigint not null,
    statistic_name varchar,
    statistic double,
    p_value double,
    p_exact double,
    p_bh double,
    p_holm double,
    effect_name varchar,
    effect double,
    effect_low double,
    effect_high double,
    effect_is_infinite boolean not null,
    difference double,
    difference_low double,
    difference_high double,
    difference_unit varchar,
    difference_confidence double,
    certainty varchar,
    smallest_expected double,
    label varchar not null,
    section varchar not null,
    unit varchar,
    display_order integer not null,
    not_applicable varchar
);

create or replace table results.comparison_conventions (
    variable varchar not null,
    convention varchar not null,
    p_value double,
    is_rule boolean not null,
    primary key (variable, convention)
);

create or replace table results.univariable (
    variable varchar not null primary key,
    n_responders bigint not null,
    n_non_responders bigint not null,
    n_missing bigint not null,
    n_bounds bigint not null,
    auroc double,
    auroc_low double,
    auroc_high double,
    auroc_method varchar,
    interval_not_applicable varchar,
    odds_ratio double,
    odds_ratio_low double,
    odds_ratio_high double,
    step double,
    step_name varchar,
    p_value double,
    odds_ratio_method varchar,
    standardized_difference double,
    standardized_difference_method varchar not null,
    standardized_difference_not_applicable varchar,
    label varchar not null,
    section varchar not null,
    unit varchar,
    display_order integer not null,
    not_applicable varchar
);

create or replace table results.specifications (
    claim varchar not null,
    label varchar not null,
    is_printed boolean not null,
    dimension varchar not null,
    choice varchar not null,
    is_crossed boolean not null,
    n_responders bigint not null,
    n_non_responders bigint not null,
    effect_name varchar,
    effect double,
    effect_low double,
    effect_high double,
    p_value double,
    holds boolean,
    display_order integer not null,
    not_applicable varchar,
    primary key (claim, dimension, choice)
);

create or replace table results.claims (
    claim varchar not null primary key,
    label varchar not null,
    is_printed boolean not null,
    p_value double,
    n_choices bigint not null,
    n_holding bigint not null,
    n_flipping bigint not null,
    n_without_p bigint not null,
    n_crossed bigint not null,
    n_crossed_holding bigint not null,
    n_crossed_flipping bigint not null,
    flipping_choices varchar,
    smallest_p double,
    largest_p double,
    display_order integer not null
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
    unit varchar,
    primary key (measure, study_group, study_day)
);

create or replace table results.cumulative_incidence (
    curve varchar not null,
    stratified_by varchar not null,
    stratum varchar not null,
    event varchar not null,
    day integer not null,
    percent double not null,
    percent_low double,
    percent_high double,
    n_at_risk bigint not null,
    n_events_so_far bigint not null,
    n_censored_today bigint not null,
    n_censored_so_far bigint not null,
    is_landmark boolean not null,
    is_first_half boolean not null,
    method varchar not null,
    interval_method varchar not null,
    primary key (curve, stratified_by, stratum, event, day)
);

create or replace table results.survival (
    curve varchar not null,
    stratified_by varchar not null,
    stratum varchar not null,
    day integer not null,
    percent double not null,
    percent_low double,
    percent_high double,
    n_at_risk bigint not null,
    n_events_so_far bigint not null,
    n_censored_today bigint not null,
    n_censored_so_far bigint not null,
    is_landmark boolean not null,
    is_first_half boolean not null,
    is_biased boolean not null,
    method varchar not null,
    interval_method varchar not null,
    primary key (curve, stratified_by, stratum, day)
);

create or replace table results.event_tests (
    curve varchar not null,
    stratified_by varchar not null,
    event varchar not null,
    test varchar not null,
    n bigint not null,
    n_events bigint not null,
    statistic double,
    degrees_of_freedom integer,
    p_value double,
    hazard_ratio double,
    hazard_ratio_low double,
    hazard_ratio_high double,
    numerator varchar,
    method varchar not null,
    not_applicable varchar,
    primary key (curve, stratified_by, event, test)
);

create or replace table results.era_comparison (
    measure varchar not null,
    reading varchar not null,
    era_date date not null,
    before_count bigint not null,
    before_total bigint not null,
    before_percent double,
    before_percent_low double,
    before_percent_high double,
    from_count bigint not null,
    from_total bigint not null,
    from_percent double,
    from_percent_low double,
    from_percent_high double,
    difference double,
    difference_low double,
    difference_high double,
    difference_unit varchar not null,
    p_value double,
    method varchar,
    p_fisher double,
    p_pearson double,
    not_applicable varchar,
    power double not null,
    n_per_era_for_power double,
    primary key (measure, reading)
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
    section varchar,
    description varchar,
    study_group varchar,
    statistic varchar not null,
    decimals integer not null,
    unit varchar,
    figure_order integer not null
);

create or replace table results.run_manifest (
    key varchar not null primary key,
    value varchar
);

create or replace table results.response_sensitivity (
    definition varchar not null primary key,
    description varchar not null,
    is_study_definition boolean not null,
    n_patients bigint not null,
    n_responders bigint not null,
    n_non_responders bigint not null,
    n_not_evaluable bigint not null,
    percent_responders double,
    percent_if_all_failed double,
    percent_if_all_responded double,
    n_become_responders bigint not null,
    n_become_non_responders bigint not null,
    n_died_unresolved bigint not null,
    n_changed bigint not null,
    n_evaluable bigint not null,
    percent_low double,
    percent_high double
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
    primary key (toxicity, study_group, study_day)
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

-- What the sentences of the methods say of a run, by name: the text that they print and where it stands in the file.
with tested as (
    select family, string_agg(label, '; ' order by display_order) as labels
    from results.comparisons
    where test <> 'none'
    group by family
),

families as (
    select unnest(['before_index', 'after_index']) as family
),

methods as (
    select 'tests' as name, 'results.comparisons: method' as source, 1 as place, method
    from results.comparisons
    union all
    select
        'univariable' as name,
        'results.univariable: odds_ratio_method, auroc_method' as source,
        unnest([1, 2]) as place,
        unnest([odds_ratio_method, auroc_method]) as method
    from results.univariable
    union all
    select
        'incidence' as name,
        'results.cumulative_incidence: method, interval_method' as source,
        unnest([1, 2]) as place,
        unnest([method, interval_method]) as method
    from results.cumulative_incidence
    union all
    select
        'survival' as name,
        'results.survival: method, interval_method' as source,
        unnest([1, 2]) as place,
        unnest([method, interval_method]) as method
    from results.survival
    where curve <> 'follow_up'
    union all
    select 'follow_up' as name, 'results.survival: method' as source, 1 as place, method
    from results.survival
    where curve = 'follow_up'
    union all
    select 'event_tests' as name, 'results.event_tests: method' as source, 1 as place, method
    from results.event_tests
),

names as (
    select unnest(['tests', 'univariable', 'incidence', 'survival', 'follow_up', 'event_tests']) as name
),

used as (
    select name, source, string_agg(method, '; ' order by place, method) as text
    from (
        select distinct name, source, place, method
        from methods
        where method is not null
    ) as placed
    group by name, source
),

described as (
    select *
    from results.descriptives
    where study_group = 'all' and level_order = 1
),

responses as (
    select
        max(count) as n_responders,
        max(n) as n_evaluable,
        max(percent) as percent,
        max(percent_low) as percent_low,
        max(percent_high) as percent_high
    from described
    where variable = 'responder' and level = 'yes' and n > 0
),

follow_up as (
    select min(day) as day
    from results.survival
    where curve = 'follow_up' and stratified_by = 'all' and is_first_half
),

facts as (
    select
        'count.' || topic || '.' || item || '.' || level || '.' || study_group as fact,
        format('{:,}', n) as text,
        'results.counts: ' || topic || ', ' || item || ', ' || level || ', ' || study_group as source
    from results.counts
    union all
    select
        'steps.' || populations.population as fact,
        string_agg(steps.step || ' (' || format('{:,}', steps.n_excluded) || ')', '; ' order by steps.step_number) as text,
        'marts.cohort_attrition: ' || populations.population as source
    from (select unnest(['treated', 'cohort']) as population) as populations
    left join marts.cohort_attrition as steps on populations.population = steps.population
    group by populations.population
    union all
    select 'seed.response_definition' as fact, max(description) as text, 'seeds.response_definitions: ' || $response_definition as source
    from seeds.response_definitions
    where definition = $response_definition
    union all
    select
        'seed.factors' as fact,
        string_agg(
            ingredient || ' ' || case $dexamethasone_factors
                when 'primary' then primary_factor
                when 'factor_080' then factor_080
                else factor_100
            end,
            ', ' order by equivalent_mg, ingredient
        ) as text,
        'seeds.glucocorticoid_equivalence: ' || $dexamethasone_factors as source
    from seeds.glucocorticoid_equivalence
    union all
    select
        'seed.toxicities' as fact,
        string_agg(name || ' (' || toxicity || ')', ' and ' order by toxicity) as text,
        'seeds.toxicities' as source
    from seeds.toxicities
    union all
    select
        'seed.analytes' as fact,
        (
            select string_agg(label, ', ' order by label)
            from seeds.analytes
            where analyte in (select analyte from results.area_summaries)
        ) as text,
        'seeds.analytes' as source
    union all
    select
        'seed.vocabularies' as fact,
        string_agg(table_name, ', ' order by table_name) as text,
        'schema seeds' as source
    from information_schema.tables
    where table_schema = 'seeds' and starts_with(table_name, 'words_')
    union all
    select 'tested.' || families.family as fact, tested.labels as text, 'results.comparisons: ' || families.family as source
    from families
    left join tested on families.family = tested.family
    union all
    select 'methods.' || names.name as fact, used.text, coalesce(used.source, 'none computed') as source
    from names
    left join used on names.name = used.name
    union all
    select
        'missing.variables' as fact,
        coalesce(string_agg(label || ' (' || n_missing || ')', '; ' order by display_order), 'none') as text,
        'results.descriptives: n_missing' as source
    from described
    where n_missing > 0
    union all
    select
        'bounds.variables' as fact,
        coalesce(string_agg(label || ' (' || n_bounds || ')', '; ' order by display_order), 'none') as text,
        'results.descriptives: n_bounds' as source
    from described
    where n_bounds > 0
    union all
    select
        'specifications.choices' as fact,
        (
            select string_agg(replace(dimension, '_', ' ') || ' (' || n_choices || ')', ', ' order by dimension)
            from (
                select dimension, count(distinct choice) as n_choices
                from results.specifications
                where not is_crossed and dimension <> 'study'
                group by dimension
            ) as counted
        ) as text,
        'results.specifications: dimension' as source
    union all
    select 'follow_up.days' as fact, format('{:,}', day) as text, 'results.survival: follow_up, all' as source
    from follow_up
    union all
    select 'response.' || name as fact, text, 'results.descriptives: responder, yes, all' as source
    from (
        select
            unnest(['count', 'n', 'percent', 'percent_low', 'percent_high']) as name,
            unnest([
                cast(n_responders as varchar),
                cast(n_evaluable as varchar),
                format('{:.1f}', percent),
                format('{:.1f}', percent_low),
                format('{:.1f}', percent_high)
            ]) as text
        from responses
    ) as named
    union all
    select 'has.cohort' as fact, if(count(*) = 0, 'no', 'yes') as text, 'marts.cohort' as source
    from marts.cohort
    union all
    select 'has.response' as fact, if(n_evaluable is null, 'no', 'yes') as text, 'results.descriptives' as source
    from responses
    union all
    select 'has.follow_up' as fact, if(day is null, 'no', 'yes') as text, 'results.survival' as source
    from follow_up
    union all
    select 'has.planned_tests' as fact, if(count(*) = 0, 'no', 'yes') as text, 'results.comparisons' as source
    from results.comparisons
    where p_bh is not null
    union all
    select 'has.not_evaluable' as fact, if(count(*) = 0, 'no', 'yes') as text, 'marts.cohort' as source
    from marts.cohort
    where study_group = 'not_evaluable'
)

select fact, text, source
from facts
order by fact

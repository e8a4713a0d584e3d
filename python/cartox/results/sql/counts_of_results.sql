-- Counts of planned tests and of printed figures: what is said of all of them together.
with tests as (
    select
        coalesce(family, 'no_family') as family,
        test <> 'none' as is_planned,
        p_value is not null as has_p,
        not_applicable is null and (effect is not null or effect_is_infinite) as has_effect,
        if(effect_name = 'odds ratio', effect_low > 1, difference_low > 0) as is_above,
        if(effect_name = 'odds ratio', effect_high < 1, difference_high < 0) as is_below
    from results.comparisons
),

families as (
    select family from tests
    union all
    select unnest(['before_index', 'after_index', 'any']) as family
),

tests_counted as (
    unpivot (
        select
            families.family as item,
            count(*) filter (where tests.is_planned) as planned,
            count(*) filter (where tests.has_p) as with_p,
            count(*) filter (where tests.has_effect) as with_effect,
            count(*) filter (where tests.has_effect and (coalesce(tests.is_above, false) or coalesce(tests.is_below, false)))
                as interval_on_one_side
        from (select distinct family from families) as families
        left join tests on families.family = tests.family or families.family = 'any'
        group by families.family
    )
    on planned, with_p, with_effect, interval_on_one_side
    into name level value n
),

figures as (
    select
        section,
        if(verdict = 'reproduced' and follows_rule is false, 'reproduced_against_rule', verdict) as level
    from results.reported_figures
    union all
    select section, 'any' as level
    from results.reported_figures
    union all
    select section, 'any_reproduced' as level
    from results.reported_figures
    where verdict = 'reproduced'
)

select
    'planned_test' as topic,
    counted.item,
    counted.level,
    counted.n,
    if(counted.level = 'interval_on_one_side', whole.n, null) as n_of,
    'tests' as counted
from tests_counted as counted
left join tests_counted as whole on counted.item = whole.item and whole.level = 'with_effect'
union all
select
    'printed_figure' as topic,
    'any' as item,
    level,
    count(*) as n,
    (select count(*) from results.reported_figures) as n_of,
    'figures' as counted
from figures
group by level
union all
select 'printed_figure' as topic, section as item, level, count(*) as n, null as n_of, 'figures' as counted
from figures
where section is not null
group by section, level
order by all

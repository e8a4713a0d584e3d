-- A points score is known where the fewest and the most points are the same; a category also where both lie in it.
with points as (
    select * from {{ ref('int_scores__points') }}
),

score_categories as (
    select * from {{ ref('score_categories') }}
),

totals as (
    select
        patient_id,
        score,
        sum(fewest_points) as fewest_points,
        sum(most_points) as most_points,
        sum(case when is_observed then 1 else 0 end) as n_components,
        {{ joined_texts('case when fewest_points < most_points then component end') }} as undetermined_components
    from points
    group by patient_id, score
)

select
    totals.patient_id,
    totals.score,
    cast(case when totals.fewest_points = totals.most_points then totals.fewest_points end as integer) as points,
    cast(totals.fewest_points as integer) as fewest_points,
    cast(totals.most_points as integer) as most_points,
    cast(totals.n_components as integer) as n_components,
    totals.undetermined_components,
    score_categories.category
from totals
left join score_categories
    on
        totals.score = score_categories.score
        and {{ within_category('totals.fewest_points', 'totals.most_points', 'score_categories') }}

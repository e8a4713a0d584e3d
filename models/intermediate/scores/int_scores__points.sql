-- The fewest and the most points that a component can be worth: all that it could be where it is missing.
with treated as (
    select * from {{ ref('int_treated__patients') }}
),

quantities as (
    select * from {{ ref('int_scores__quantities') }}
),

score_points as (
    select * from {{ ref('score_points') }}
),

components as (
    select
        score,
        component,
        min(points) as fewest_points,
        max(points) as most_points
    from score_points
    group by score, component
),

observed as (
    select
        quantities.patient_id,
        score_points.score,
        score_points.component,
        min(score_points.points) as fewest_points,
        max(score_points.points) as most_points
    from quantities
    inner join score_points
        on
            quantities.component = score_points.component
            and {{ meets_band('quantities.least', 'quantities.greatest', 'score_points') }}
    group by quantities.patient_id, score_points.score, score_points.component
)

select
    treated.patient_id,
    components.score,
    components.component,
    observed.patient_id is not null as is_observed,
    coalesce(observed.fewest_points, components.fewest_points) as fewest_points,
    coalesce(observed.most_points, components.most_points) as most_points
from treated
cross join components
left join observed
    on
        treated.patient_id = observed.patient_id
        and components.score = observed.score
        and components.component = observed.component

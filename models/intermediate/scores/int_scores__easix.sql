-- EASIX = LDH (U/L) x creatinine (mg/dL) / platelets (10^9/L); m-EASIX with CRP (mg/dL) in creatinine's place (Pennisi 2021);
-- s-EASIX with neither. Where a quantity is a bound, so is the score: from above or from below as the formula turns it.
with quantities as (
    select * from {{ ref('int_scores__easix_quantities') }}
),

score_categories as (
    select * from {{ ref('score_categories') }}
),

scores as (
    select
        patient_id,
        'easix' as score,
        ldh * creatinine / platelets as value,
        cast(ldh is not null as integer)
        + cast(creatinine is not null as integer)
        + cast(platelets is not null as integer) as n_components,
        'right' in (ldh_censoring, creatinine_censoring) or platelets_censoring = 'left' as may_be_higher,
        'left' in (ldh_censoring, creatinine_censoring) or platelets_censoring = 'right' as may_be_lower
    from quantities
    union all
    select
        patient_id,
        'm_easix' as score,
        ldh * crp / platelets as value,
        cast(ldh is not null as integer)
        + cast(crp is not null as integer)
        + cast(platelets is not null as integer) as n_components,
        'right' in (ldh_censoring, crp_censoring) or platelets_censoring = 'left' as may_be_higher,
        'left' in (ldh_censoring, crp_censoring) or platelets_censoring = 'right' as may_be_lower
    from quantities
    union all
    select
        patient_id,
        's_easix' as score,
        ldh / platelets as value,
        cast(ldh is not null as integer)
        + cast(platelets is not null as integer) as n_components,
        ldh_censoring = 'right' or platelets_censoring = 'left' as may_be_higher,
        ldh_censoring = 'left' or platelets_censoring = 'right' as may_be_lower
    from quantities
),

ranged as (
    select
        *,
        case when may_be_lower then 0 else value end as least,
        case when may_be_higher then cast('infinity' as double) else value end as greatest
    from scores
    where value is not null
)

select
    scores.patient_id,
    scores.score,
    scores.value,
    case
        when ranged.may_be_higher and ranged.may_be_lower then 'both'
        when ranged.may_be_higher then 'right'
        when ranged.may_be_lower then 'left'
        when ranged.patient_id is not null then 'none'
    end as censoring,
    scores.n_components,
    score_categories.category
from scores
left join ranged on scores.patient_id = ranged.patient_id and scores.score = ranged.score
left join score_categories
    on
        ranged.score = score_categories.score
        and {{ within_category('ranged.least', 'ranged.greatest', 'score_categories') }}

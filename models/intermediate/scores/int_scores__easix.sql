-- EASIX = LDH (U/L) x creatinine (mg/dL) / platelets (10^9/L); m-EASIX with CRP (mg/dL) in creatinine's place (Pennisi 2021);
-- s-EASIX with neither. Where a quantity is a bound, so is the score: from above or from below as the formula turns it.
with quantities as (
    select * from {{ ref('int_scores__easix_quantities') }}
),

score_categories as (
    select * from {{ ref('score_categories') }}
),

scores as (
    {% for score, factors in [('easix', ['ldh', 'creatinine']), ('m_easix', ['ldh', 'crp']), ('s_easix', ['ldh'])] %}
        select
            patient_id,
            '{{ score }}' as score,
            {{ factors | join(' * ') }} / platelets as value,
            cast(platelets is not null as integer)
            {% for quantity in factors %}
                + cast({{ quantity }} is not null as integer)
            {% endfor %}
                as n_components,
            {% for factor in factors %}{{ factor }}_censoring = 'right' or {% endfor %}
            platelets_censoring = 'left' as may_be_higher,
            {% for factor in factors %}{{ factor }}_censoring = 'left' or {% endfor %}
            platelets_censoring = 'right' as may_be_lower
        from quantities
        {{ 'union all' if not loop.last }}
    {% endfor %}
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

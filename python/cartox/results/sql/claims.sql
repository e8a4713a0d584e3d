-- Under how many choices each claim stands as by the study's own, and which of them flip it.
insert into results.claims
select
    claim,
    any_value(label) as label,
    any_value(is_printed) as is_printed,
    any_value(p_value) filter (where dimension = 'study') as p_value,
    count(*) filter (where dimension <> 'study' and not is_crossed) as n_choices,
    count(*) filter (where dimension <> 'study' and not is_crossed and holds) as n_holding,
    count(*) filter (where dimension <> 'study' and not is_crossed and not holds) as n_flipping,
    count(*) filter (where dimension <> 'study' and not is_crossed and holds is null) as n_without_p,
    count(*) filter (where is_crossed) as n_crossed,
    count(*) filter (where is_crossed and holds) as n_crossed_holding,
    count(*) filter (where is_crossed and not holds) as n_crossed_flipping,
    string_agg(dimension || ': ' || choice, '; ' order by dimension, choice)
        filter (where dimension <> 'study' and not is_crossed and not holds) as flipping_choices,
    min(p_value) filter (where not is_crossed) as smallest_p,
    max(p_value) filter (where not is_crossed) as largest_p,
    any_value(display_order) as display_order
from results.specifications
group by claim

{#- Fails for every combination of the columns that stands in more than one row: the grain that a model's description states. Rows
    are counted by a hash first, since a number takes less time and room than names; only what shares one is compared. -#}
{% test one_row_per(model, columns) %}
select {{ columns | join(', ') }}
from {{ model }}
where {{ row_hash(columns) }} in (
    select row_hash
    from (select {{ row_hash(columns) }} as row_hash from {{ model }}) as hashed
    group by row_hash
    having count(*) > 1
)
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}

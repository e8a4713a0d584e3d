with treated as (
    select * from {{ ref('int_population__treated') }}
),

totals as (
    select * from {{ ref('int_scores__totals') }}
),

easix_family as (
    select * from {{ ref('int_scores__easix') }}
)

select
    treated.patient_id,
    ipi.points as ipi,
    ipi.fewest_points as ipi_min,
    ipi.most_points as ipi_max,
    ipi.category as ipi_category,
    ipi.n_components as ipi_n_components,
    ipi.undetermined_components as ipi_undetermined_components,
    cast(treated.ipi as integer) as recorded_ipi,
    {%- for score in ['easix', 'm_easix', 's_easix'] %}
    {{ score }}.value as {{ score }},
    {{ score }}.censoring as {{ score }}_censoring,
    cast({{ score }}.n_components as integer) as {{ score }}_n_components,
    {%- endfor %}
    easix.category as easix_category,
    car_hematotox.points as car_hematotox,
    car_hematotox.fewest_points as car_hematotox_min,
    car_hematotox.most_points as car_hematotox_max,
    car_hematotox.category as car_hematotox_category,
    car_hematotox.n_components as car_hematotox_n_components,
    car_hematotox.undetermined_components as car_hematotox_undetermined_components
from treated
{%- for score in ['ipi', 'car_hematotox'] %}
inner join totals as {{ score }} on treated.patient_id = {{ score }}.patient_id and {{ score }}.score = '{{ score }}'
{%- endfor %}
{%- for score in ['easix', 'm_easix', 's_easix'] %}
inner join easix_family as {{ score }} on treated.patient_id = {{ score }}.patient_id and {{ score }}.score = '{{ score }}'
{%- endfor %}

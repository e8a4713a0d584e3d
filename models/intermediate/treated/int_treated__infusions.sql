-- Every usable CAR-T infusion with whether it meets the study's conditions, whether one came before it, and whether it is the
-- patient's first that meets them all (candidate). Rows of one product some hours apart are one infusion, charted bag by bag:
-- each thing is what its first row says of it, the lymphodepletion and the discharge the last ones.
{%- set details = [
    'care_setting', 'indication_group', 'prior_lines', 'disease_status', 'ecog', 'extranodal_sites', 'ipi', 'ann_arbor_stage',
] %}
with rows_charted as (
    select *, coalesce(product, infusion_id) as product_or_id
    from {{ accepted('infusions') }}
),

products as (
    select * from {{ ref('products') }}
),

followed as (
    select
        *,
        lag(infused_at) over (partition by patient_id, product_or_id order by infused_at, infusion_id) as previous_at
    from rows_charted
),

numbered as (
    select
        *,
        sum(
            case
                when {{ seconds_between('previous_at', 'infused_at') }} <= {{ integer_var('hours_of_one_infusion') }} * 3600.0
                    then 0
                else 1
            end
        ) over (
            partition by patient_id, product_or_id
            order by infused_at, infusion_id
            rows between unbounded preceding and current row
        ) as product_number
    from followed
),

placed as (
    select
        *,
        cast(min(infused_at) over (partition by patient_id, product_or_id, product_number) as date) as first_on,
        row_number() over (
            partition by patient_id, product_or_id, product_number order by infused_at, infusion_id
        ) as place
    from numbered
),

infusions as (
    select
        patient_id,
        min_by(infusion_id, place) as infusion_id,
        coalesce(
            min(case when infused_at != cast(infused_at as date) and cast(infused_at as date) = first_on then infused_at end),
            min(infused_at)
        ) as infused_at,
        bool_and(is_date_alone or cast(infused_at as date) != first_on) as is_infusion_date_alone,
        product,
        {% for column in details %}
            {{ first_known(column, 'place') }} as {{ column }},
        {% endfor %}
        max(lymphodepletion_started_at) as recorded_lymphodepletion_at,
        max(discharged_on) as discharged_on,
        min_by(source_file, place) as source_file,
        min_by(line_number, place) as line_number
    from placed
    group by patient_id, product, product_or_id, product_number
),

compared as (
    select
        infusions.*,
        products.target_antigen,
        coalesce(infusions.indication_group = {{ text_var('indication_group') }}, false) as is_study_indication,
        infusions.care_setting in {{ terms_var('care_settings') }} as is_study_care_setting,
        coalesce(products.target_antigen = {{ text_var('product_target') }}, false) as is_study_product_target,
        row_number() over (
            partition by infusions.patient_id order by infusions.infused_at, infusions.infusion_id
        ) as infusion_number
    from infusions
    left join products on infusions.product = products.product
)

select
    *,
    is_study_indication and is_study_care_setting and is_study_product_target
    and row_number() over (
        partition by patient_id, is_study_indication, is_study_care_setting, is_study_product_target order by infusion_number
    ) = 1 as is_candidate
from compared

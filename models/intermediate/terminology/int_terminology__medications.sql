-- A code of RxNorm that a seed knows decides, else the name in the text; what looks like a glucocorticoid may stand beside it.
with administrations as (
    select * from {{ record_source('medication_administrations') }}
),

drugs as (
    select * from {{ ref('drugs') }}
),

matches as (
    select * from {{ ref('int_terminology__matches') }}
),

suspects as (
    select * from {{ ref('int_terminology__suspects') }}
),

texts as (
    select distinct
        {{ folded('medication') }} as medication_text,
        case when {{ folded('code_system') }} = 'rxnorm' then code end as rxnorm_code
    from administrations
    where medication is not null
),

resolved as (
    select
        texts.medication_text,
        texts.rxnorm_code,
        coalesce(coded.ingredient, names.concept) as ingredient,
        depot_forms.concept is not null as is_depot_form,
        local_forms.concept is not null as is_local_form,
        case when local_forms.concept != 'local form' then local_forms.concept end as form_route,
        coded.ingredient is null and suspects.medication_text is not null as is_suspected_glucocorticoid
    from texts
    left join drugs as coded on texts.rxnorm_code = coded.rxnorm_code
    left join matches as names on texts.medication_text = names.source_text and names.vocabulary = 'medications'
    left join matches as depot_forms on texts.medication_text = depot_forms.source_text and depot_forms.vocabulary = 'depot_forms'
    left join matches as local_forms on texts.medication_text = local_forms.source_text and local_forms.vocabulary = 'local_forms'
    left join suspects on texts.medication_text = suspects.medication_text
)

select
    resolved.medication_text,
    resolved.rxnorm_code,
    resolved.ingredient,
    drugs.drug_class,
    resolved.is_depot_form,
    resolved.is_local_form,
    resolved.form_route,
    resolved.is_suspected_glucocorticoid
from resolved
left join drugs on resolved.ingredient = drugs.ingredient

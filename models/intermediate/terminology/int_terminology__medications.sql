-- A name counts where a word of the text begins with it, so that prednisolone is not found in methylprednisolone;
-- of several names the longest.
with administrations as (
    select * from {{ record_source('medication_administrations') }}
),

drugs as (
    select * from {{ ref('drugs') }}
),

drug_names as (
    select * from {{ ref('drug_names') }}
),

depot_forms as (
    select * from {{ ref('depot_forms') }}
),

local_forms as (
    select * from {{ ref('local_forms') }}
),

texts as (
    select distinct
        {{ folded('medication') }} as medication_text,
        case when {{ folded('code_system') }} = 'rxnorm' then code end as rxnorm_code
    from administrations
    where medication is not null
),

named as (
    select
        texts.medication_text,
        drug_names.ingredient,
        row_number() over (
            partition by texts.medication_text order by length(drug_names.name) desc, drug_names.name
        ) as preference
    from (select distinct medication_text from texts) as texts
    inner join drug_names
        on {{ matches('texts.medication_text', "concat('(^|[^a-z])', drug_names.name)") }}
),

depot_texts as (
    select distinct texts.medication_text
    from texts
    inner join depot_forms on contains(texts.medication_text, depot_forms.name)
),

local_texts as (
    select distinct texts.medication_text
    from texts
    inner join local_forms on {{ matches('texts.medication_text', "concat('(^|[^a-z])', local_forms.name)") }}
),

resolved as (
    select
        texts.medication_text,
        texts.rxnorm_code,
        coalesce(coded.ingredient, named.ingredient) as ingredient,
        texts.medication_text in (select depot_texts.medication_text from depot_texts) as is_depot_form,
        texts.medication_text in (select local_texts.medication_text from local_texts) as is_local_form
    from texts
    left join drugs as coded on texts.rxnorm_code = coded.rxnorm_code
    left join named on texts.medication_text = named.medication_text and named.preference = 1
)

select
    resolved.medication_text,
    resolved.rxnorm_code,
    resolved.ingredient,
    drugs.drug_class,
    resolved.is_depot_form,
    resolved.is_local_form
from resolved
left join drugs on resolved.ingredient = drugs.ingredient

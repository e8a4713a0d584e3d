{#- The vocabularies by name: where their texts stand (kind of record: column), the kind of term of the coverage, and how a text
    is read: `within` finds a name anywhere in a text; `whole` wants every word of the text but noise to be the name. Where
    `is_one_name`, a text that names two concepts means neither; where it `is_doubted_by_a_mark`, one with
    a question mark means nothing. The seed words_<vocabulary> holds the words. -#}
{% macro vocabularies() -%}
    {{ return({
        'medications': {'texts': {'medication_administrations': 'medication'}, 'term_kind': 'drug', 'scope': 'within'},
        'depot_forms': {'texts': {'medication_administrations': 'medication'}, 'scope': 'within'},
        'local_forms': {'texts': {'medication_administrations': 'medication'}, 'scope': 'within'},
        'routes': {
            'texts': {'medication_administrations': 'route'}, 'term_kind': 'route', 'scope': 'within', 'is_one_name': true,
        },
        'dose_units': {'texts': {'medication_administrations': 'dose_unit'}, 'term_kind': 'dose unit', 'scope': 'whole'},
        'medication_statuses': {
            'texts': {'medication_administrations': 'status'}, 'term_kind': 'medication status', 'scope': 'whole',
            'is_doubted_by_a_mark': true,
        },
        'purposes': {'texts': {'medication_administrations': 'purpose'}, 'term_kind': 'purpose', 'scope': 'whole'},
        'vasopressors': {'texts': {}, 'term_kind': 'vasopressor', 'scope': 'within'},
        'products': {'texts': {'infusions': 'product'}, 'term_kind': 'product', 'scope': 'within', 'is_one_name': true},
        'indications': {'texts': {'infusions': 'indication'}, 'term_kind': 'indication', 'scope': 'within'},
        'sexes': {'texts': {'patients': 'sex'}, 'term_kind': 'sex', 'scope': 'whole'},
        'lab_tests': {'texts': {'lab_results': 'test_name'}, 'term_kind': 'laboratory test', 'scope': 'whole'},
        'specimens': {
            'texts': {'lab_results': 'specimen'}, 'term_kind': 'specimen', 'scope': 'within', 'is_one_name': true,
        },
        'result_statuses': {'texts': {'lab_results': 'status'}, 'term_kind': 'result status', 'scope': 'whole'},
        'responses': {
            'texts': {'response_assessments': 'recorded_response'}, 'term_kind': 'response', 'scope': 'within',
            'is_one_name': true, 'is_doubted_by_a_mark': true,
        },
    }) }}
{%- endmacro %}

{#- Their names, all or those of which a property has a value. -#}
{% macro vocabulary_names(property=none, value=none) -%}
    {%- set names = [] -%}
    {%- for name, vocabulary in vocabularies().items() if property is none or vocabulary.get(property) == value -%}
        {%- do names.append(name) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{% macro quoted_names(names) -%}
    '{{ names | join("', '") }}'
{%- endmacro %}

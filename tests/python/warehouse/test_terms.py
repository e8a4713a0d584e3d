"""A var that names what no seed knows is a user's mistake."""

import pytest

from cartox.errors import UserError
from cartox.project import find_project
from cartox.warehouse.project import default_variables
from cartox.warehouse.terms import require_known_terms


def test_the_defaults_are_known() -> None:
    project = find_project()
    require_known_terms(default_variables(project), project, "dbt_project.yml")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "index_drug",
            "anakirna",
            "index_drug: anakirna is not in seeds/terminology/drugs.csv; did you mean anakinra?",
        ),
        ("index_toxicity", "ICAN", "index_toxicity: ICAN is not one of CRS, ICANS; did you mean ICANS?"),
        (
            "product_target",
            "CD91",
            "product_target: CD91 is not in seeds/terminology/products.csv; did you mean CD19?",
        ),
        ("indication_group", "gout", "indication_group: gout is not in seeds/terminology/indications.csv"),
        (
            "response_definition",
            "sustaned",
            "response_definition: sustaned is not in seeds/rules/response_definitions.csv; did you mean sustained?",
        ),
        (
            "dexamethasone_factors",
            "x",
            "dexamethasone_factors: x is not one of primary, factor_080, factor_100",
        ),
    ],
)
def test_an_unknown_term_is_named_with_its_seed(name: str, value: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        require_known_terms({name: value}, find_project(), "vars.yml")
    assert str(caught.value) == f"vars.yml: var {message}"

"""Every rule that the warehouse was asked for is held by a case, or has a reason why not."""

from __future__ import annotations

from tests.spec.cases import read_rules
from tests.spec.coverage import reasons, tagged_rules, topics


def test_every_rule_is_held_by_cases_or_has_a_reason_and_never_both() -> None:
    for rule in tagged_rules():
        assert bool(rule.held_by) != bool(rule.reason), rule.rule_id


def test_the_cases_that_hold_a_rule_are_there() -> None:
    cases = {(case.rule, case.name) for rule in read_rules() for case in rule.cases}
    named = {
        (file, name) for rule in tagged_rules() for file, names in rule.held_by.items() for name in names
    }
    assert named - cases == set()


def test_every_page_of_the_manual_holds_a_rule() -> None:
    beyond = {rule.rule for rule in read_rules()} - {file for rule in tagged_rules() for file in rule.held_by}
    assert {page for page in beyond if not page.startswith(AS_CHARTED)} == PAGES_BEYOND_THE_LIST


def test_every_reason_is_of_a_rule_and_every_rule_of_a_topic() -> None:
    assert reasons().keys() <= {rule.rule_id for rule in tagged_rules()}
    assert {rule.topic for rule in tagged_rules()} == topics().keys()
    assert all(len(reason) > 20 for reason in reasons().values())


# What real charts and tables hold: pages of words, of records at the bedside, and of the common data model.
AS_CHARTED = ("words_", "bedside_", "omop_")
# The study's own population and what real systems write, beside the rules of the field.
PAGES_BEYOND_THE_LIST = {
    "exposure_dose_texts",
    "exposure_edges",
    "exposure_real_rows",
    "index_time",
    "labs_real_rows",
}

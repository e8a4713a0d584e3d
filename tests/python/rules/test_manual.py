"""The manual says what the cases say."""

from __future__ import annotations

from tests.spec.cases import read_rules
from tests.spec.manual import PAGES, pages


def test_no_page_of_the_manual_is_stale() -> None:
    made = pages(read_rules())
    found = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    assert found.keys() == made.keys(), "run `make manual`"
    stale = [name for name, text in made.items() if found[name] != text]
    assert stale == [], "run `make manual`"


def test_every_rule_cites_its_source_and_has_cases_of_different_names() -> None:
    for rule in read_rules():
        assert rule.sources, rule.rule
        names = [case.name for case in rule.cases]
        assert len(names) == len(set(names)), rule.rule
        assert all(case.expect for case in rule.cases), rule.rule

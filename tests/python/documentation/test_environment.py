"""One page has every environment variable that something reads, and no other."""

from __future__ import annotations

import re

from tests.spec.compiled_project import PROJECT

NAMED = re.compile(r"\bCARTOX_[A-Z_]+\b")
PAGE = (PROJECT / "docs" / "environment.md").read_text(encoding="utf-8")
OF_A_TEST = {"CARTOX_FAULTS_WITHOUT_RIGHTS"}


def test_the_page_has_every_variable_that_is_read_and_no_other() -> None:
    places = [
        *(PROJECT / "python").rglob("*.py"),
        *(PROJECT / "macros").rglob("*.sql"),
        *(PROJECT / "tests" / "great_expectations").rglob("*.yml"),
        *PROJECT.glob("*.yml"),
        PROJECT / "Makefile",
    ]
    read = {name for path in places for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    explained = set(re.findall(r"^\| .*?\|", PAGE, re.MULTILINE))
    names = {name for cell in explained for name in NAMED.findall(cell)}
    assert names == read - OF_A_TEST

"""A likely cause is found by a cell's form, in which 3 to 9 are 2: no pattern may tell these digits apart."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.compiled_project import PROJECT

FORMS = str.maketrans("3456789", "2222222")
MATCHES = "select regexp_matches(?, ?), regexp_matches(?, ?)"


def patterns() -> list[str]:
    with (PROJECT / "seeds" / "rules" / "likely_causes.csv").open(encoding="utf-8") as file:
        return sorted({row["pattern"] for row in csv.DictReader(file)})


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as opened:
        yield opened


def is_told_by_its_form(connection: duckdb.DuckDBPyConnection, pattern: str, cell: str) -> bool:
    (found,) = connection.execute(MATCHES, [cell, pattern, cell.translate(FORMS), pattern]).fetchall()
    return bool(found[0] == found[1])


@pytest.mark.parametrize("pattern", patterns())
@given(given_data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_cell_and_its_form_have_the_same_causes(
    connection: duckdb.DuckDBPyConnection, pattern: str, given_data: st.DataObject
) -> None:
    alphabet = st.characters(codec="ascii", exclude_categories=["Cc"])
    like = given_data.draw(st.from_regex(pattern.replace("(?i)", ""), alphabet=alphabet))
    digits = given_data.draw(st.text("0123456789", min_size=len(like), max_size=len(like)))
    other = "".join(digit if sign.isdigit() else sign for sign, digit in zip(like, digits, strict=True))
    assert is_told_by_its_form(connection, pattern, like)
    assert is_told_by_its_form(connection, pattern, other)


def test_a_pattern_that_tells_digits_apart_would_be_found(connection: duckdb.DuckDBPyConnection) -> None:
    assert not is_told_by_its_form(connection, r"^3\d$", "31")

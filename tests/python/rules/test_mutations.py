"""A model's SQL is changed in every way that may matter, once, and in none that cannot."""

from __future__ import annotations

import pytest

from tests.spec.mutations import mutations


def changes(sql: str) -> set[str]:
    return {mutation.what for mutation in mutations(sql)}


def test_an_asked_null_is_negated_once() -> None:
    assert changes("select a is not null as b from t") == {"not a IS NULL"}
    assert changes("select not a as b from t") == {"NOT a: without not"}


@pytest.mark.parametrize(
    "sql",
    [
        "select a from t where coalesce(b, false)",
        "select a from t where c and (coalesce(b, false) or d)",
        "select case when coalesce(b, false) then 1 else 2 end as e from t",
        "select a from t inner join s on coalesce(b, false)",
        "select a from t group by a having coalesce(b, false)",
    ],
)
def test_a_condition_that_is_unknown_is_as_good_as_false(sql: str) -> None:
    assert "COALESCE(b, FALSE): without its default" not in changes(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "select coalesce(b, false) as b from t",
        "select a from t where not coalesce(b, false)",
        "select case when c then coalesce(b, false) end as e from t",
        "select a from t where coalesce(b, false) = c",
    ],
)
def test_an_unknown_that_is_shown_or_turned_round_is_not(sql: str) -> None:
    assert "COALESCE(b, FALSE): without its default" in changes(sql)


def test_a_default_that_holds_is_left_out() -> None:
    assert "COALESCE(b, TRUE): without its default" in changes("select a from t where coalesce(b, true)")


def test_what_a_choice_of_the_study_switches_off_is_left_alone_but_for_the_choice() -> None:
    found = changes("select a = 0 and b and 'computed' = 'recorded' as c, a = 1 as d from t")
    assert not {what for what in found if what.startswith("a = 0 ->")}
    assert {"'computed' = 'recorded' -> neq", "a = 1 -> neq"} <= found


def test_a_condition_that_holds_already_is_not_made_to_hold() -> None:
    assert not changes("select case when true then a end as b from t")
    assert "always CASE WHEN b THEN a END" in changes("select case when b then a end as c from t")

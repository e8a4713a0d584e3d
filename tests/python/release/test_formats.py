"""The same numbers in each form, in the columns that its readers expect."""

from __future__ import annotations

import csv
from typing import Any

import pytest


def read(released: Any, name: str) -> list[dict[str, str]]:
    return list(released.rows(name))


def columns(released: Any, name: str) -> list[str]:
    with (released.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def test_ard_has_the_columns_of_cards_and_says_what_is_withheld(release: Any) -> None:
    released = release(n_drawn=60, form="ard")
    assert columns(released, "ard") == [
        "group1", "group1_level", "variable", "variable_level", "context", "stat_name", "stat_label", "stat", "fmt_fun",
        "warning", "error",
    ]  # fmt: skip
    rows = read(released, "ard")
    assert {row["warning"] for row in rows if not row["stat"]} == {"withheld"}
    assert {row["warning"] for row in rows if row["stat"]} == {""}
    assert {"n", "N", "p", "median", "p25", "p75", "p.value"} <= {row["stat_name"] for row in rows}
    shares = [float(row["stat"]) for row in rows if row["stat_name"] == "p" and row["stat"]]
    assert shares
    assert max(shares) <= 1
    assert any(0 < share < 1 for share in shares)


def test_summarised_result_has_its_thirteen_columns_and_its_settings(release: Any) -> None:
    released = release(n_drawn=60, form="summarised-result")
    assert columns(released, "summarised_result") == [
        "result_id", "cdm_name", "group_name", "group_level", "strata_name", "strata_level", "variable_name",
        "variable_level", "estimate_name", "estimate_type", "estimate_value", "additional_name", "additional_level",
    ]  # fmt: skip
    rows, settings = read(released, "summarised_result"), read(released, "settings")
    assert {row["result_id"] for row in rows} == {row["result_id"] for row in settings}
    assert {row["min_cell_count"] for row in settings} == {"10"}
    assert {row["estimate_type"] for row in rows} <= {"integer", "numeric", "percentage"}
    assert all(row["variable_name"] and row["estimate_value"] and row["strata_level"] for row in rows)
    assert "-" in {row["estimate_value"] for row in rows}
    for row in rows:
        if row["estimate_type"] == "integer" and row["estimate_value"] != "-":
            assert int(row["estimate_value"]) % 5 == 0


@pytest.mark.parametrize("seed", [0, 1])
def test_every_form_holds_the_same_numbers(release: Any, seed: int, tmp_path: Any) -> None:
    from cartox.release import write_release

    plain = release(n_drawn=80, seed=seed)
    numbers = sum(
        bool(row[column])
        for table in (
            "descriptives",
            "comparisons",
            "era_comparison",
            "cohort_attrition",
            "record_conservation",
        )
        for row in plain.rows(table)
        for column in row
        if column in NUMBERS
    )
    for form, name, value in (
        ("ard", "ard", "stat"),
        ("summarised-result", "summarised_result", "estimate_value"),
    ):
        folder = tmp_path / form
        write_release(plain.connection, folder, 10, form=form)
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert sum(row[value] not in ("", "-") for row in rows) == numbers


NUMBERS = {
    "n", "n_missing", "count", "percent", "percent_low", "percent_high", "median", "q1", "q3", "p_value", "p_bh", "p_holm",
    "effect", "effect_low", "effect_high", "difference", "difference_low", "difference_high", "n_remaining", "n_raw",
    "n_accepted", "n_duplicate", "n_superseded", "n_quarantined",
    *(f"{era}_{column}" for era in ("before", "from")
      for column in ("count", "total", "percent", "percent_low", "percent_high")),
}  # fmt: skip

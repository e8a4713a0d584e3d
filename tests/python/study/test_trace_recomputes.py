"""Every number of the study's results, traced to raw lines and computed again from those lines in plain Python."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pytest

from cartox.trace import trace_figure
from cartox.trace.sets import records
from tests.python.study import plain_statistics as plain
from tests.python.study.traced_lines import DAY, RawFiles, index_time, infused_at, responds, value_of
from tests.python.synthetic.second_reading import time_of

pytestmark = pytest.mark.xdist_group("study")

Row = dict[str, Any]
Values = dict[str, Any]


@pytest.fixture(scope="module")
def raw(study_landing: Path) -> RawFiles:
    return RawFiles(study_landing.with_name("extract"))


@pytest.fixture(scope="module")
def groups(study: duckdb.DuckDBPyConnection, raw: RawFiles) -> tuple[dict[str, Row], dict[str, str]]:
    """Infusion and index time of each patient, and the study group, from the lines behind the study group."""
    times, found = {}, {}
    for person in trace_figure(study, ["descriptives:responder:yes:all"])["patients"]:
        lines = raw.lines(person, "used")
        infused = infused_at(lines)
        end = datetime.combine(infused.date(), datetime.min.time()) + 31 * DAY - timedelta(microseconds=1)
        times[person["patient_id"]] = {"infused_at": infused, "index_at": index_time(lines), "ends_at": end}
        found[person["patient_id"]] = "responder" if responds(lines) else "non_responder"
    return times, found


@pytest.fixture(scope="module")
def values(study: duckdb.DuckDBPyConnection, raw: RawFiles, groups: Any) -> dict[str, Values]:
    """Each planned variable's value of each patient, from the lines that its trace names."""
    return {planned["variable"]: _values(study, raw, groups[0], planned) for planned in _plan(study)}


def _plan(study: duckdb.DuckDBPyConnection) -> list[Row]:
    return records(study, "select * from seeds.test_plan order by display_order")


def _values(study: duckdb.DuckDBPyConnection, raw: RawFiles, times: dict[str, Row], planned: Row) -> Values:
    rows = records(
        study,
        "select level from results.descriptives where variable = ? and study_group = 'all' order by level_order",
        [planned["variable"]],
    )
    traced = trace_figure(study, [f"descriptives:{planned['variable']}:{rows[0]['level']}:all"])
    left_out = ["left_out"] if planned["relation"] == "marts.lab_baseline" else []
    found = {}
    for person in traced["patients"]:
        everything = raw.lines(person, "used", "context", *left_out)
        value = value_of(planned, raw.lines(person, "used"), everything, times[person["patient_id"]])
        assert _agrees(value, person["value"]), (planned["variable"], person["patient_id"])
        found[person["patient_id"]] = value
    return found


def test_the_lines_give_every_value_and_the_whole_cohort(values: dict[str, Values], groups: Any) -> None:
    assert len(values) >= 30
    assert all(found.keys() == groups[1].keys() for found in values.values())
    assert sorted(groups[1].values()) == ["non_responder"] * 11 + ["responder"] * 31


def test_descriptives(study: duckdb.DuckDBPyConnection, values: dict[str, Values], groups: Any) -> None:
    plan = {planned["variable"]: planned for planned in _plan(study)}
    rows = records(study, "select * from results.descriptives")
    assert {row["variable"] for row in rows} == values.keys()
    for row in rows:
        group = _of_group(values[row["variable"]], groups[1], row["study_group"])
        known = [value for value in group if value is not None]
        expected: Row = {"n": len(known), "n_missing": len(group) - len(known)}
        if row["kind"] == "continuous":
            numbers = [float(value) for value in known]
            expected |= {
                "median": median(numbers),
                "q1": plain.quantile(numbers, 0.25),
                "q3": plain.quantile(numbers, 0.75),
            }
            expected |= {"min": min(numbers), "max": max(numbers)}
        else:
            count = sum(_level(plan[row["variable"]], value) == row["level"] for value in known)
            low, high = plain.clopper_pearson(count, len(known))
            expected |= {
                "count": count,
                "percent": 100 * count / len(known),
                "percent_low": low,
                "percent_high": high,
            }
        _assert_row(row, _but_for_bounds(row, expected))


def _but_for_bounds(row: Row, expected: Row) -> Row:
    """What bounds among the values cannot move: a statistic that they could move both ways is null, an interval wider."""
    if not row["n_bounds"]:
        return expected
    if row.get("percent_low") is not None:
        assert row["percent_low"] <= expected["percent_low"] + 1e-9
    if row.get("percent_high") is not None:
        assert row["percent_high"] >= expected["percent_high"] - 1e-9
    return {
        name: value
        for name, value in expected.items()
        if row[name] is not None and name not in ("percent_low", "percent_high")
    }


def test_comparisons(study: duckdb.DuckDBPyConnection, values: dict[str, Values], groups: Any) -> None:
    plan = {planned["variable"]: planned for planned in _plan(study)}
    rows = records(study, "select * from results.comparisons order by display_order")
    assert {row["variable"] for row in rows} == {name for name, one in plan.items() if one["test"] != "none"}
    for row in rows:
        x, y = (
            [value for value in _of_group(values[row["variable"]], groups[1], group) if value is not None]
            for group in ("non_responder", "responder")
        )
        expected: Row = {
            "n_non_responders": len(x),
            "n_responders": len(y),
            "n_missing": 42 - len(x) - len(y),
        }
        expected |= _of_ranks(x, y) if row["test"] == "rank_sum" else _of_counts(plan[row["variable"]], x, y)
        if row["effect_is_infinite"]:
            expected.pop("effect")
        _assert_row(row, _but_for_bounds(row, expected))
    for family in ("before_index", "after_index"):
        tests = [row for row in rows if row["family"] == family]
        for column, is_holm in (("p_bh", False), ("p_holm", True)):
            wanted = plain.adjusted([row["p_value"] for row in tests], is_holm)
            assert all(_agrees(row[column], p) for row, p in zip(tests, wanted, strict=True)), column


def test_areas(study: duckdb.DuckDBPyConnection, values: dict[str, Values]) -> None:
    areas = study.execute(
        "select patient_id, analyte, auc from results.lab_auc where rule = 'trapezoid'"
    ).fetchall()
    assert len(areas) == 3 * 42
    for patient_id, analyte, auc in areas:
        assert auc == pytest.approx(values[f"auc_{analyte}"][patient_id], rel=1e-7)


def test_eras(study: duckdb.DuckDBPyConnection, raw: RawFiles) -> None:
    rows = records(study, "select * from results.era_comparison")
    assert len(rows) == 4
    for row in rows:
        traced = trace_figure(study, [f"era_comparison:{row['measure']}:{row['reading']}"])
        era_date = datetime.fromisoformat(str(row["era_date"]))
        ends = {"before": [], "from": []}  # type: dict[str, list[str | None]]
        for person in traced["patients"]:
            lines = raw.lines(person, "used")
            (died,) = {
                (one["died_on"], one["cause_of_death"].strip().upper()) for one in lines["vital_status"]
            }
            era = "before" if infused_at(lines) < era_date else "from"
            ends[era].append(died[1] if time_of(died[0]) else None)
        counted, n_unknown = {}, {}
        for era, causes in ends.items():
            deaths = [cause for cause in causes if cause is not None]
            toxic = sum(cause in ("CRS", "ICANS", "CRS_ICANS") for cause in deaths)
            counted[era] = (toxic, len(deaths) if row["measure"] == "share_of_deaths" else len(causes))
            assert (row[f"{era}_count"], row[f"{era}_total"]) == counted[era]
            assert row[f"{era}_percent"] == pytest.approx(100 * toxic / counted[era][1])
            n_unknown[era] = sum(cause in ("", "UNK") for cause in deaths)
            assert row[f"{era}_n_unknown"] == n_unknown[era]
            low, _ = plain.clopper_pearson(*counted[era])
            _, high = plain.clopper_pearson(toxic + n_unknown[era], counted[era][1])
            shares = (row[f"{era}_percent_low"], row[f"{era}_percent_high"])
            assert shares == pytest.approx((low, high), rel=1e-6)
        assert all(n_unknown.values())  # so that the difference could be greater and smaller
        assert (row["difference"], row["difference_certainty"]) == (None, "unknown")
        table = [[count, total - count] for count, total in counted.values()]
        assert row["p_fisher"] == pytest.approx(plain.fisher(table), rel=1e-7)


def test_definitions_of_resolution(study: duckdb.DuckDBPyConnection, raw: RawFiles) -> None:
    definitions = {
        row["definition"]: row for row in records(study, "select * from seeds.response_definitions")
    }
    rows = records(study, "select * from results.response_sensitivity")
    assert {row["definition"] for row in rows} == definitions.keys()
    for row in rows:
        rule = definitions[row["definition"]]
        if rule["without_rescue"]:
            continue  # what is a rescue is read from every drug, not from the lines behind the grades
        traced = trace_figure(study, [f"response_sensitivity:{row['definition']}"])
        given = (
            rule["highest_grade"],
            rule["days_at_most"],
            rule["watch_days"],
            rule["within_days_of_index"],
        )
        n_responders = sum(responds(raw.lines(person, "used"), *given) for person in traced["patients"])
        assert (row["n_patients"], row["n_responders"]) == (len(traced["patients"]), n_responders), rule[
            "definition"
        ]


def test_printed_figures_lead_to_the_cells_that_hold_them(study: duckdb.DuckDBPyConnection) -> None:
    figures = records(study, "select * from results.reported_figures")
    assert len(figures) == 67
    for figure in figures:
        traced = trace_figure(study, [figure["figure_id"]])
        assert figure["figure_id"] in {one["figure_id"] for one in traced["printed"]}
        assert traced["patients"]
        if figure["computed_unrounded"] is not None and figure["statistic"] != "p_value":
            assert traced["value"] == pytest.approx(figure["computed_unrounded"])


def _agrees(found: Any, expected: Any) -> bool:
    """Whether two cells are the same; converted results are kept with six decimals."""
    if isinstance(found, str) or found is None or expected is None:
        return bool(found == expected)
    return math.isclose(found, expected, rel_tol=1e-7, abs_tol=1e-6)


def _assert_row(row: Row, expected: Row) -> None:
    wrong = {name: (row[name], value) for name, value in expected.items() if not _agrees(row[name], value)}
    assert not wrong, (row["variable"], wrong)


def _of_group(values: Values, groups: dict[str, str], group: str) -> list[Any]:
    return [value for patient_id, value in values.items() if group in ("all", groups[patient_id])]


def _level(planned: Row, value: Any) -> str:
    if planned["kind"] == "categorical":
        return str(value)
    if planned["at_least"] is not None:
        return "yes" if float(value) >= planned["at_least"] else "no"
    return "yes" if str(value).lower() == planned["equals"] else "no"


def _of_ranks(x: Sequence[float], y: Sequence[float]) -> Row:
    return {
        "p_value": plain.wilcoxon(x, y),
        "p_exact": plain.wilcoxon_exact(x, y),
        "effect": plain.rank_biserial(x, y),
        "difference": plain.hodges_lehmann(x, y),
    }


def _of_counts(planned: Row, x: Sequence[Any], y: Sequence[Any]) -> Row:
    levels = sorted({_level(planned, value) for value in [*x, *y]}, reverse=True)
    table = [
        [sum(_level(planned, value) == level for value in group) for level in levels] for group in (x, y)
    ]
    smallest = min(map(min, plain.expected_counts(table)))
    p_fisher = plain.fisher(table)
    found: Row = {"p_exact": p_fisher, "smallest_expected": smallest}
    if smallest < 5:
        found["p_value"] = p_fisher
    if planned["kind"] == "binary":
        (a, b), (c, d) = table
        found["difference"] = 100 * (a / (a + b) - c / (c + d))
        found["effect"] = a * d / (b * c) if b * c else None
    return found

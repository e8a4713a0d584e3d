"""No false alarm on tables computed right; four in five detectable alterations of one digit are found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cartox.audit import FigureAudit, Verdict, audit_figures
from tests.python.audit.figure_brute_force import is_detectable
from tests.python.audit.simulated_table import Table, simulate

SHARES = ("share", "half of a pair", "compared share")
P_VALUES = ("p of shares", "p of medians")
CHUNKS = [range(start, start + 25) for start in range(0, 200, 25)]


def alarms(table: Table, path: Path) -> list[FigureAudit]:
    fine = (Verdict.CONSISTENT, Verdict.NOT_CHECKABLE)
    return [one for one in audit_figures(table.write(path)) if one.verdict not in fine]


def altered(table: Table, kinds: tuple[str, ...], seed: int) -> tuple[Table, str]:
    """The table with one digit of a percentage or p-value changed, within 0 .. 100 or 0 .. 1."""
    random = np.random.default_rng(seed)
    rows = [row for row in table.rows.values() if row.kind in kinds]
    row = rows[random.integers(len(rows))]
    places = [
        (place, digit)
        for place, old in enumerate(row.reported)
        for digit in "0123456789"
        if old not in f".{digit}"
        and float(row.reported[:place] + digit + row.reported[place + 1 :])
        <= (1 if kinds is P_VALUES else 100)
    ]
    place, digit = places[random.integers(len(places))]
    return table.with_digit(row.figure_id, place, digit), row.figure_id


@pytest.mark.parametrize("seeds", CHUNKS, ids=str)
def test_no_false_alarm(seeds: range, tmp_path: Path) -> None:
    for seed in seeds:
        found = [
            (one.figure.figure_id, one.verdict, one.explanation)
            for one in alarms(simulate(seed), tmp_path / "figures.csv")
        ]
        assert found == [], seed


@pytest.mark.parametrize("kinds", [SHARES, P_VALUES], ids=["percentages", "p-values"])
@pytest.mark.parametrize("seeds", CHUNKS, ids=str)
def test_detectable_alterations_are_found(seeds: range, kinds: tuple[str, ...], tmp_path: Path) -> None:
    detectable = found = 0
    for seed in seeds:
        table, changed = altered(simulate(seed), kinds, seed)
        if is_detectable(table, changed):
            detectable += 1
            found += bool(alarms(table, tmp_path / "figures.csv"))
    assert detectable >= 10
    assert found >= 0.8 * detectable


@pytest.mark.parametrize("seeds", CHUNKS[1::4], ids=str)
def test_alterations_that_nothing_can_detect_raise_no_alarm(seeds: range, tmp_path: Path) -> None:
    for seed in seeds:
        for kinds in (SHARES, P_VALUES):
            table, changed = altered(simulate(seed), kinds, seed)
            if not is_detectable(table, changed):
                assert alarms(table, tmp_path / "figures.csv") == [], seed

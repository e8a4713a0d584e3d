"""On simulated studies: hardly an alarm where all was computed right; nine in ten detectable alterations found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cartox.audit import FigureAudit, audit_figures
from cartox.audit.findings.verdicts import ALARMS
from tests.python.audit.figure_brute_force import is_detectable
from tests.python.audit.simulated_study import simulate
from tests.python.audit.simulated_table import Row, Table, one_digit_changes

N_STUDIES = 400


def alarms(table: Table, path: Path) -> list[FigureAudit]:
    return [one for one in audit_figures(table.write(path)) if one.verdict in ALARMS]


def altered(table: Table, seed: int) -> tuple[Table, Row]:
    """The table with one digit of a percentage or p-value changed, within 0 .. 100 or 0 .. 1."""
    random = np.random.default_rng(seed)
    rows = [row for row in table.rows.values() if row.kind]
    row = rows[random.integers(len(rows))]
    changes = one_digit_changes(row.reported, 1 if row.kind.startswith("p of") else 100)
    return table.with_reported(row.figure_id, changes[random.integers(len(changes))]), row


def test_at_most_one_in_a_hundred_consistent_studies_is_alarmed(tmp_path: Path) -> None:
    alarmed = {}
    for seed in range(N_STUDIES):
        found = alarms(simulate(seed), tmp_path / "figures.csv")
        if found:
            alarmed[seed] = [(one.figure.figure_id, one.verdict, one.explanation) for one in found]
    assert len(alarmed) <= N_STUDIES / 100, alarmed


def test_nine_in_ten_detectable_alterations_are_found(tmp_path: Path) -> None:
    missed, detectable = [], 0
    for seed in range(N_STUDIES):
        table, row = altered(simulate(seed), seed)
        if is_detectable(table, row.figure_id):
            detectable += 1
            if not alarms(table, tmp_path / "figures.csv"):
                missed.append((seed, row.figure_id, row.kind, table.rows[row.figure_id].reported))
    assert detectable >= 100
    assert len(missed) <= detectable / 10, (detectable, missed)


@pytest.mark.parametrize("seeds", [range(25), range(25, 50)], ids=str)
def test_alterations_that_nothing_can_detect_raise_no_alarm(seeds: range, tmp_path: Path) -> None:
    for seed in seeds:
        table, row = altered(simulate(seed), seed)
        if not is_detectable(table, row.figure_id):
            assert alarms(table, tmp_path / "figures.csv") == [], (seed, row)

"""What a released table tells of each count that it withholds: for whoever must approve a release."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cartox.release.blocks import Row
from cartox.release.numbers import BASE
from cartox.release.people import EVALUABLE, GROUPS
from cartox.release.rules import ATTRITION, CONSERVATION, DESCRIPTIVES, ERAS
from cartox.release.tables import ReleasedTable
from cartox.release.unknowns import Unknowns
from cartox.results.era import RISK_PER_TREATED_PATIENT, SHARE_OF_DEATHS
from cartox.results.values import NON_RESPONDER, RESPONDER

HALF = BASE // 2
OUTCOME = {"yes": RESPONDER, "no": NON_RESPONDER}
STATES = ("toxic", "other", "alive")
KINDS = ("n_accepted", "n_duplicate", "n_superseded", "n_quarantined")


@dataclass(frozen=True)
class Bound:
    """A withheld count: the table, what its row is of, its column, and the smallest and largest it can be.

    `high` is None where the release bounds it by nothing.
    """

    table: str
    of: tuple[str, ...]
    column: str
    low: int
    high: int | None


def find_bounds(tables: Sequence[ReleasedTable], threshold: int) -> Iterator[Bound]:
    """Yield what the tables tell of every count that they withhold."""
    rows = {table.name: table.rows for table in tables}
    yield from _described(rows[DESCRIPTIVES], threshold)
    yield from _eras(rows[ERAS], rows[ATTRITION])
    yield from _flow(rows[ATTRITION])
    yield from _records(rows[CONSERVATION])


def know(unknowns: Unknowns, names: Sequence[Hashable], printed: int | None, threshold: int = 0) -> None:
    """Say what a printed count tells: itself, give or take what rounding hid, and that it reaches the threshold."""
    if printed is not None:
        unknowns.between(names, max(printed - HALF, threshold), printed + HALF)


def _described(rows: Sequence[Row], threshold: int) -> Iterator[Bound]:
    sizes = {OUTCOME[row["level"]]: row["count"] for row in rows if row["variable"] == "responder"}
    sizes[EVALUABLE] = next((row["n"] for row in rows if row["variable"] == "responder"), None)
    variables: dict[str, list[Row]] = {}
    for row in rows:
        if row["variable"] != "responder" and row["level"] != "value":
            variables.setdefault(row["variable"], []).append(row)
    found: dict[tuple[object, ...], list[tuple[int, int | None]]] = {}
    for variable, own in variables.items():
        parts = list(dict.fromkeys(row["level"] for row in own))
        shape = tuple((row["study_group"], parts.index(row["level"]), row["count"]) for row in own)
        if shape not in found:
            found[shape] = _ranges(own, parts, sizes, threshold)
        gone = [row for row in own if row["count"] is None]
        for row, (low, high) in zip(gone, found[shape], strict=True):
            yield Bound(DESCRIPTIVES, (variable, row["level"], row["study_group"]), "count", low, high)


def _ranges(
    own: Sequence[Row], parts: Sequence[str], sizes: Mapping[str, int | None], threshold: int
) -> list[tuple[int, int | None]]:
    unknowns = Unknowns()
    cells = {
        (group, part): [(one, part) for one in (GROUPS if group == EVALUABLE else (group,))]
        for group in (EVALUABLE, *GROUPS)
        for part in parts
    }
    for group in (EVALUABLE, *GROUPS):
        everyone = [name for part in parts for name in cells[group, part]]
        everyone += [(one, "unknown") for one in (GROUPS if group == EVALUABLE else (group,))]
        know(unknowns, everyone, sizes.get(group), threshold)
    for row in own:
        know(unknowns, cells[row["study_group"], row["level"]], row["count"], threshold)
    return [unknowns.range_of(cells[row["study_group"], row["level"]]) for row in own if row["count"] is None]


def _eras(rows: Sequence[Row], flow: Sequence[Row]) -> Iterator[Bound]:
    readings: dict[str, dict[str, Row]] = {}
    for row in rows:
        readings.setdefault(row["reading"], {})[row["measure"]] = row
    for reading, own in readings.items():
        unknowns = Unknowns()
        columns = {}
        for era in ("before", "from"):
            columns[SHARE_OF_DEATHS, f"{era}_count"] = [(era, "toxic")]
            columns[SHARE_OF_DEATHS, f"{era}_total"] = [(era, "toxic"), (era, "other")]
            columns[RISK_PER_TREATED_PATIENT, f"{era}_total"] = [(era, state) for state in STATES]
        treated = [row["n_remaining"] for row in flow if row["population"] != "cohort"]
        know(
            unknowns,
            [(era, state) for era in ("before", "from") for state in STATES],
            (treated or [None])[-1],
        )
        for (measure, column), names in columns.items():
            know(unknowns, names, own[measure][column])
        for (measure, column), names in columns.items():
            if own[measure][column] is None:
                low, high = unknowns.range_of(names)
                yield Bound(ERAS, (measure, reading), column, low, high)


def _flow(rows: Sequence[Row]) -> Iterator[Bound]:
    unknowns = Unknowns()
    for before, after in pairwise([row["step_number"] for row in rows]):
        unknowns.between([before], 0, float("inf"), less=[after])
    for row in rows:
        know(unknowns, [row["step_number"]], row["n_remaining"])
    for row in rows:
        if row["n_remaining"] is None:
            low, high = unknowns.range_of([row["step_number"]])
            yield Bound(ATTRITION, (row["step"],), "n_remaining", low, high)


def _records(rows: Sequence[Row]) -> Iterator[Bound]:
    for row in rows:
        unknowns = Unknowns()
        know(unknowns, KINDS, row["n_raw"])
        for kind in KINDS:
            know(unknowns, [kind], row[kind])
        for kind in KINDS:
            if row[kind] is None:
                yield Bound(CONSERVATION, (row["entity"],), kind, *unknowns.range_of([kind]))

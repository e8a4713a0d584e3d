"""Where the marks of a patient's timeline lie: grades, doses and results over the study days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cartox.trace.printing import place, shown
from cartox.trace.sets import Record

LEFT, DAY, LANE, CELL = 110, 26, 64, 22


@dataclass(frozen=True)
class Mark:
    """A mark of a lane: its left edge, top, size, kind (a class of the style), and what it says."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    label: str
    title: str


@dataclass
class Lane:
    """A row of the drawing with its top and height."""

    name: str
    top: float
    height: float
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Timeline:
    """Lanes from top to bottom, the days of the axis, and times that go through every lane, with their names."""

    lanes: list[Lane]
    days: list[int]
    lines: list[tuple[float, str]]
    width: float
    height: float


def draw_timeline(trace: dict[str, Any]) -> Timeline | None:
    """Place what a patient's trace holds from day 0 on; None for a patient who was not treated."""
    if trace["treated"] is None:
        return None
    day_0 = datetime.fromisoformat(trace["treated"]["infused_at"]).replace(hour=0, minute=0, second=0)
    last_day = max((row["study_day"] for row in trace["grades"]), default=0)
    lanes: list[Lane] = []
    for toxicity in sorted({row["toxicity"] for row in trace["grades"]}):
        lanes.append(_grades(toxicity, trace["grades"], _top(lanes)))
    doses = [row for row in trace["doses"] if row["is_counted"] and row["dexamethasone_equivalent_mg"]]
    lanes.append(
        _amounts(
            "glucocorticoid, mg",
            doses,
            ("started_at", "dexamethasone_equivalent_mg"),
            "dose",
            day_0,
            last_day,
            _top(lanes),
        )
    )
    used = [row for row in trace["results"] if row["used_for"]]
    for analyte in sorted({row["analyte"] for row in used}):
        rows = [row for row in used if row["analyte"] == analyte]
        lane = _amounts(
            f"{analyte}, {shown(rows[0]['unit'])}",
            rows,
            ("collected_at", "value"),
            "result",
            day_0,
            last_day,
            _top(lanes),
        )
        if lane.marks:
            lanes.append(lane)
    return Timeline(
        lanes,
        list(range(last_day + 1)),
        _lines(trace, day_0),
        LEFT + DAY * (last_day + 1) + 20,
        _top(lanes) + 10,
    )


def _top(lanes: list[Lane]) -> float:
    return lanes[-1].top + lanes[-1].height + 12 if lanes else 40


def _x(time: str, day_0: datetime) -> float:
    return LEFT + DAY * (datetime.fromisoformat(time) - day_0).total_seconds() / 86400


def _grades(toxicity: str, rows: list[Record], top: float) -> Lane:
    lane = Lane(toxicity, top, CELL)
    for row in (row for row in rows if row["toxicity"] == toxicity):
        grade = shown(row["grade"]) or "?"
        title = f"day {row['study_day']}: grade {grade}, {row['certainty']}; {place(row)}"
        kind = f"grade-{grade}" if row["grade"] is not None else "unknown"
        lane.marks.append(Mark(LEFT + DAY * row["study_day"], top, DAY - 1, CELL, kind, grade, title))
    return lane


def _amounts(
    name: str,
    rows: list[Record],
    keys: tuple[str, str],
    kind: str,
    day_0: datetime,
    last_day: int,
    top: float,
) -> Lane:
    """Draw each amount as a bar from the lane's foot, the largest as high as the lane."""
    lane = Lane(name, top, LANE)
    at, amount = keys
    inside = [row for row in rows if LEFT <= _x(row[at], day_0) < LEFT + DAY * (last_day + 1)]
    largest = max((row[amount] for row in inside), default=0) or 1
    labeled = next((row for row in inside if row[amount] == largest), None)
    for row in inside:
        height = max(LANE * row[amount] / largest, 1)
        title = f"{shown(row[at])}: {shown(row[amount])}; {place(row)}"
        label = shown(row[amount]) if row is labeled else ""
        lane.marks.append(Mark(_x(row[at], day_0), top + LANE - height, 3, height, kind, label, title))
    return lane


def _lines(trace: dict[str, Any], day_0: datetime) -> list[tuple[float, str]]:
    cohort = trace["cohort"] or {}
    times = {
        "infusion": trace["treated"]["infused_at"],
        "index time": cohort.get("index_started_at"),
        "resolved": cohort.get("toxicity_resolved_at"),
    }
    return [(_x(time, day_0), name) for name, time in times.items() if time]

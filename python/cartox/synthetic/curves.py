"""Daily curves of a laboratory result with a given area."""

import math
import random
from dataclasses import dataclass
from itertools import pairwise


@dataclass
class Point:
    """Highest result of a study day, in the canonical unit, a whole multiple of the step of its raw unit."""

    study_day: int
    value: float
    step: float


def trapezoid(points: list[Point]) -> float:
    """Return the area under straight lines between the points, in unit times days."""
    return sum((a.value + b.value) / 2 * (b.study_day - a.study_day) for a, b in pairwise(points))


@dataclass(frozen=True)
class Area:
    """The area that a curve is to have, and the bounds of its values.

    Attributes:
        total: unit times days.
        lowest: bound of the flat part, in the unit.
        highest: values above it are known as this bound alone.
        resolution: smallest difference that values in the canonical unit show.
        is_sharp: whether the curve rises and falls within few days.

    """

    total: float
    lowest: float
    highest: float
    resolution: float
    is_sharp: bool = False


def draw_curve(area: Area, days: list[int], steps: list[float], stream: random.Random) -> list[Point]:
    """Return one point for each day, with exactly the given trapezoid area.

    A flat part and a wave that rises before its peak and falls after it share the area. What rounding to the
    steps leaves over goes into the highest point below the bound that has a neighbor on the days before and
    after, where a change counts one to one.

    Args:
        area: the area and its bounds.
        days: study days with a result, ascending; the first two in a row, and some three.
        steps: for each day the smallest difference that its raw unit can show.
        stream: random stream.

    Raises:
        ValueError: values below the highest bound cannot have so large an area.

    """
    shape = _wave(days, area.is_sharp, stream)
    span = days[-1] - days[0]
    flat = max(
        area.total / span * stream.uniform(0.2, 0.45),
        min(area.lowest, area.total / span * 0.8),
    )

    def scaled(scale: float) -> list[Point]:
        return [
            Point(
                day,
                min(max(round((flat + scale * height) / step), 1) * step, area.highest),
                step,
            )
            for day, height, step in zip(days, shape, steps, strict=True)
        ]

    low, high = 0.0, area.total
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if trapezoid(scaled(middle)) < area.total else (low, middle)
    points = scaled(high)
    _absorb(points, area)
    if abs(trapezoid(points) - area.total) > 1e-6:
        raise ValueError("no curve within the bounds has the area")
    return points


def _wave(days: list[int], is_sharp: bool, stream: random.Random) -> list[float]:
    peak, rise, fall = (
        stream.uniform(5.5, 8.5),
        stream.uniform(2, 3.5),
        stream.uniform(3, 7),
    )
    if is_sharp:
        peak, rise, fall = 7.0, 0.7, 0.9
    return [
        math.exp(-abs(day - peak) / (rise if day < peak else fall)) * stream.uniform(0.85, 1.15)
        for day in days
    ]


def _absorb(points: list[Point], area: Area) -> None:
    """Change one point, and the first by one step where parity asks for it, so that the area is exact."""
    inner = [
        place
        for place in range(1, len(points) - 1)
        if points[place + 1].study_day - points[place - 1].study_day == 2
        and points[place].value < area.highest * 0.9
    ]
    if not inner:
        raise ValueError("no curve within the bounds has the area")
    target = points[max(inner, key=lambda place: points[place].value)]
    rest = area.total - trapezoid(points)
    target.step = area.resolution
    target.value = round(target.value + round(rest / area.resolution) * area.resolution, 6)
    rest = area.total - trapezoid(points)
    if abs(rest) > 1e-6:
        points[0].step = area.resolution
        points[0].value = round(points[0].value + 2 * rest, 6)

"""Step curves of results.cumulative_incidence and results.survival: intervals, censoring ticks and who is at risk under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from cartox.report.page.blocks import Series, Spec
from cartox.report.page.charts import TRACE, base, series_color, to_spec, with_ids
from cartox.report.page.theme import color
from cartox.report.reading import Record

HEIGHT = 210
ROOM_OF_A_NUMBER = 0.09
"""The part of the axis that a number at risk takes: of numbers that would lie upon one another the first is written."""

ROOM_OF_RISKS = 9.0
TICKS = (0, 20, 40, 60, 80, 100)
MOST_STEPS = 250
"""Of a curve with more days its figure draws about so many: a panel is hardly wider in pixels."""

MARKED = (
    "series", "day", "time", "percent", "percent_low", "percent_high", "n_at_risk", "n_events_so_far", "n_censored_today",
    "trace",
)  # fmt: skip
"""What the marks of a curve are drawn from."""


@dataclass(frozen=True)
class Curve:
    """The rows of one curve in the order of its days; it ends with the last day on which anybody is at risk."""

    rows: Sequence[Record]

    def at(self, day: int) -> Record | None:
        """Return the row of a day on which a landmark stands; None beyond the last at risk."""
        return next((row for row in self.rows if row["day"] == day), None)

    @property
    def last(self) -> Record:
        """The row of the last day on which anybody is at risk."""
        return self.rows[-1]

    @property
    def half(self) -> Record | None:
        """The row of the first day by which half have had the event."""
        return next((row for row in self.rows if row["is_first_half"]), None)


def drawn(curves: Mapping[str, Curve]) -> list[Record]:
    """Return the rows of each curve under the name of its series."""
    return [{"series": series, **row} for series, curve in curves.items() for row in curve.rows]


def thinned(rows: Sequence[Record]) -> list[Record]:
    """Return of one curve's rows the first, the last, those of landmarks and of half, and of the others every n-th."""
    every = -(-len(rows) // MOST_STEPS)
    last = len(rows) - 1
    return [
        row
        for place, row in enumerate(rows)
        if place % every == 0 or place == last or row["is_landmark"] or row["is_first_half"]
    ]


def days_left_out(curves: Iterable[Curve]) -> tuple[str, ...]:
    """Say where a figure does not draw every day of its curves."""
    if all(len(curve.rows) <= MOST_STEPS for curve in curves):
        return ()
    return (
        f"A curve of more than {MOST_STEPS} days is drawn on every second, third or later of them; what is drawn and said of a "
        "day is of that day, and the file of numbers has all.",
    )


def percent_text(row: Record) -> str:
    """Write an estimate in percent with its interval."""
    share = f"{row['percent']:.1f} %"
    low, high = row["percent_low"], row["percent_high"]
    if low is None or high is None or low == high:
        return share
    return f"{share} ({low:.1f} to {high:.1f})"


def curve_spec(
    rows: Sequence[Record], table: str, series: Sequence[Series], end: float, title: str, per: float = 1.0
) -> Spec:
    """Draw the curves of a table of results; `per` is how many days the unit of the axis has, `title` names the axis.

    Below the curves stands for each series how many are at risk on its first day and on its landmarks.
    """
    scaled = [row | {"time": row["day"] / per} for row in with_ids(rows, table, "percent")]
    lines = [one.key for one in series]
    by_series = {key: [row for row in scaled if row["series"] == key] for key in lines}
    risks = [
        {key: row[key] for key in MARKED} | {"place": -ROOM_OF_RISKS * (1 + place)}
        for place, own in enumerate(by_series.values())
        for row in _apart(own, end / per)
    ]
    steps = [{key: row[key] for key in MARKED} for own in by_series.values() for row in thinned(own)]
    x = alt.X(
        "time:Q", title=title, scale=alt.Scale(domain=[0, end / per], nice=False), axis=alt.Axis(grid=False)
    )
    scale = alt.Scale(domain=[-ROOM_OF_RISKS * (len(lines) + 0.6), 100], nice=False)
    y = alt.Y(
        "percent:Q",
        title="percent; below: at risk",
        scale=scale,
        axis=alt.Axis(grid=True, values=list(TICKS)),
    )
    tint = series_color(series)
    band = base("steps").transform_filter("isValid(datum.percent_low)")
    tips = [
        alt.Tooltip("series:N", title="curve"),
        alt.Tooltip("day:Q", title="day", format="d"),
        alt.Tooltip("percent:Q", title="percent", format=".1f"),
        alt.Tooltip("percent_low:Q", title="95 % interval from", format=".1f"),
        alt.Tooltip("percent_high:Q", title="to", format=".1f"),
        alt.Tooltip("n_at_risk:Q", title="at risk", format="d"),
        alt.Tooltip("n_events_so_far:Q", title="events so far", format="d"),
        alt.Tooltip("n_censored_today:Q", title="censored that day", format="d"),
        TRACE,
    ]
    chart = alt.layer(
        band.mark_area(opacity=0.16, interpolate="step-after").encode(
            x=x, y=alt.Y("percent_low:Q", scale=scale), y2=alt.Y2("percent_high:Q"), color=tint
        ),
        base("steps").mark_line(strokeWidth=2.6, interpolate="step-after").encode(x=x, y=y, color=tint),
        base("steps")
        .transform_filter("datum.n_censored_today > 0")
        .mark_tick(orient="vertical", thickness=1.4, size=11, opacity=1, color=color("ink"))
        .encode(x=x, y=y, tooltip=tips),
        base("steps")
        .mark_circle(size=30, opacity=1, stroke=color("raised"), strokeWidth=0.6)
        .encode(x=x, y=y, color=tint, tooltip=tips),
        base("risks")
        .mark_text(fontSize=11, align="center", stroke=color("raised"), strokeWidth=4, strokeJoin="round")
        .encode(x=x, y=alt.Y("place:Q", scale=scale), text=alt.Text("n_at_risk:Q", format="d")),
        base("risks")
        .mark_text(fontSize=11, align="center")
        .encode(x=x, y=alt.Y("place:Q", scale=scale), text=alt.Text("n_at_risk:Q", format="d"), color=tint),
    )
    return to_spec(chart, HEIGHT, {"steps": steps, "risks": risks})


def _apart(rows: Sequence[Record], end: float) -> list[Record]:
    """Return the first row and those of landmarks, but for what would be written upon the number before it."""
    written: list[Record] = []
    for row in rows:
        is_wanted = row["is_landmark"] or row["day"] == 0
        if is_wanted and not (written and row["time"] - written[-1]["time"] < ROOM_OF_A_NUMBER * end):
            written.append(row)
    return written

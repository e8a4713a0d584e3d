"""Step curves of shares over time, with their intervals, and how many were at risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt

from cartox.report.page.blocks import Series, Spec
from cartox.report.page.charts import base, series_colour, to_spec
from cartox.report.page.theme import colour
from cartox.report.reading import Record
from cartox.statistics.event_times import Curve, Step

HEIGHT = 300


def curve_rows(curves: Mapping[str, Curve]) -> list[Record]:
    """Return the steps of each series as rows, each curve drawn on to the last day on which anybody was at risk."""
    rows: list[Record] = []
    for series, curve in curves.items():
        own: list[Record] = [
            {
                "series": series, "day": step.day, "percent": 100 * step.estimate,
                "percent_low": None if step.low is None else 100 * step.low,
                "percent_high": None if step.high is None else 100 * step.high,
                "n_at_risk": step.n_at_risk,
            }
            for step in curve.steps
        ]  # fmt: skip
        end = curve.last_day
        if end is not None and own[-1]["day"] < end:
            own.append(own[-1] | {"day": end, "n_at_risk": curve.n_at_risk(end)})
        rows += own
    return rows


def percent_text(step: Step) -> str:
    """Write an estimate in per cent with its interval."""
    share = f"{100 * step.estimate:.1f} %"
    if step.low is None or step.high is None or step.low == step.high:
        return share
    return f"{share} ({100 * step.low:.1f} to {100 * step.high:.1f})"


def curve_spec(
    rows: Sequence[Record], series: Sequence[Series], end: float, title: str, per: float = 1.0
) -> Spec:
    """Draw the curves; `per` is how many days the unit of the axis has, `title` names the axis."""
    scaled = [row | {"time": row["day"] / per} for row in rows]
    x = alt.X(
        "time:Q", title=title, scale=alt.Scale(domain=[0, end / per], nice=False), axis=alt.Axis(grid=False)
    )
    scale = alt.Scale(domain=[0, 100])
    y = alt.Y("percent:Q", title="per cent", scale=scale, axis=alt.Axis(grid=True, tickCount=5))
    tint = series_colour(series)
    band = base("steps").transform_filter("isValid(datum.percent_low)")
    chart = alt.layer(
        band.mark_area(opacity=0.16, interpolate="step-after").encode(
            x=x, y=alt.Y("percent_low:Q", scale=scale), y2="percent_high:Q", color=tint
        ),
        base("steps").mark_line(strokeWidth=2.6, interpolate="step-after").encode(x=x, y=y, color=tint),
        base("steps")
        .mark_circle(size=30, opacity=1, stroke=colour("raised"), strokeWidth=0.6)
        .encode(
            x=x,
            y=y,
            color=tint,
            tooltip=[
                alt.Tooltip("series:N", title="curve"),
                alt.Tooltip("day:Q", title="day", format="d"),
                alt.Tooltip("percent:Q", title="per cent", format=".1f"),
                alt.Tooltip("percent_low:Q", title="95 % interval from", format=".1f"),
                alt.Tooltip("percent_high:Q", title="to", format=".1f"),
                alt.Tooltip("n_at_risk:Q", title="at risk", format="d"),
            ],
        ),
    )
    return to_spec(chart, HEIGHT, {"steps": scaled})

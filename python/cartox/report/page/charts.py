"""What the charts share."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import altair as alt

from cartox.cell_ids import traced
from cartox.report.page.blocks import Series, Spec
from cartox.report.page.theme import CONFIG, color
from cartox.report.reading import Record

HIDDEN: Spec = {"name": "hidden", "value": []}
GROUND: Spec = {"stroke": color("raised"), "strokeWidth": 5, "strokeJoin": "round"}
"""How text is written first, so that no line crosses what is written over it."""
TRACE = alt.Tooltip("trace:N", title="trace")
"""The id of the cell that a mark is drawn from, for rows made by `with_ids`."""
LEFT_EDGE = alt.XValue(0)  # type: ignore[no-untyped-call]
RIGHT_EDGE = alt.XValue("width")  # type: ignore[no-untyped-call]
TOP_EDGE = alt.YValue(0)  # type: ignore[no-untyped-call]
WHERE_WIDE = alt.OpacityValue(alt.expr("width > 430 ? 1 : 0"))
IS_SHOWN = "indexof(hidden, datum.series) < 0"


def base(table: str) -> alt.Chart:
    """Begin a layer over a named table of the chart, without the rows that the reader has hidden."""
    return alt.Chart(alt.NamedData(name=table)).transform_filter(IS_SHOWN)


def with_ids(
    rows: Sequence[Record], table: str, statistic: str, names: Mapping[str, str] | None = None
) -> list[Record]:
    """Return rows of a table of results with the id of a cell of each; `names` are key columns under another name in the rows."""
    return [
        row
        | {
            "trace": traced(
                "", table, row | {key: row[own] for key, own in (names or {}).items()}, statistic
            ).cell_id
        }
        for row in rows
    ]


def series_color(series: Sequence[Series], field: str = "series") -> alt.Color:
    """Color marks by their series."""
    return alt.Color(
        f"{field}:N",
        scale=alt.Scale(domain=[one.key for one in series], range=[color(one.color) for one in series]),
        legend=alt.Legend(labelExpr=_label_expression(series)),
    )


def day_axis(last_day: int, title: str, field: str = "study_day") -> alt.X:
    """Make the axis of days."""
    return alt.X(
        f"{field}:Q",
        title=title,
        scale=alt.Scale(domain=[0, last_day], nice=False),
        axis=alt.Axis(tickMinStep=1, values=list(range(0, last_day + 1, 5)), grid=False, format="d"),
    )


def to_spec(
    chart: alt.LayerChart | alt.FacetChart, height: int, tables: Mapping[str, Sequence[Record]]
) -> Spec:
    """Return the Vega-Lite specification of a chart as wide as the page gives it room, `height` pixels high.

    That it keeps the schema of Vega-Lite is asked by a test, not again by every page.
    """
    spec: Spec = chart.properties(width="container", height=height).to_dict(validate=False)
    del spec["$schema"]
    plain = {name: [_plain(row) for row in rows] for name, rows in tables.items()}
    return spec | {"params": [HIDDEN], "datasets": plain, "config": CONFIG}


def row_labels(table: str, y: alt.Y, dy: int, field: str = "label") -> tuple[alt.Chart, alt.Chart]:
    """Write the name of each row above its mark, on a ground of the page's color that hides the grid."""
    limit = alt.expr("width > 430 ? width - 128 : width")
    ground = base(table).mark_text(align="left", dy=dy, limit=limit, **GROUND)
    text = base(table).mark_text(align="left", dy=dy, limit=limit)
    return (
        ground.encode(x=LEFT_EDGE, y=y, text=alt.Text(f"{field}:N")),
        text.encode(x=LEFT_EDGE, y=y, text=alt.Text(f"{field}:N")),
    )


def log_axis(values: Sequence[float], numbers: str = "~s") -> tuple[alt.Scale, alt.Axis]:
    """Make a logarithmic axis that holds all values, none of them negative; `numbers` is how d3 writes them.

    A logarithm has no place for 0: where a value is 0 the axis begins at 0, is linear up to about the lowest
    value that is not 0 and logarithmic from there on.
    """
    low, high = log_domain(values)
    if all(value > 0 for value in values):
        scale = alt.Scale(type="log", domain=[low, high], nice=False)
        return scale, alt.Axis(format=numbers, grid=True, tickCount=5)
    scale = alt.Scale(type="symlog", constant=low, domain=[0, high], nice=False)
    return scale, alt.Axis(format=numbers, grid=True, values=[0, *_ticks(low, high)])


def log_domain(values: Sequence[float]) -> list[float]:
    """Return the ends of a logarithmic axis that holds all positive values; 1 to 10 for none."""
    positive = [value for value in values if value > 0]
    if not positive:
        return [1, 10]
    return [_nice(min(positive), math.floor), _nice(max(positive), math.ceil)]


def _ticks(low: float, high: float) -> list[float]:
    """Return the powers of ten from `low` to `high`; with 2 and 5 times them where they are few."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1,) if len(powers) > 4 else (1, 2, 5)
    ticks = [float(f"{step}e{power}") for power in powers for step in steps]
    return [tick for tick in ticks if low <= tick <= high]


def nice_above(value: float) -> float:
    """Return the end of an axis from 0 on: the value rounded up to one digit, 1 for none."""
    return _nice(value, math.ceil) if value > 0 else 1.0


def _nice(value: float, toward: Any) -> float:
    """Round to one digit, away from the data."""
    power = 10.0 ** math.floor(math.log10(value))
    return float(round(toward(value / power + 1e-12 * (-1 if toward is math.ceil else 1)) * power, 12))


def _label_expression(series: Sequence[Series]) -> str:
    pairs = ", ".join(f"'{_quoted(one.key)}': '{_quoted(one.label)}'" for one in series)
    return f"{{{pairs}}}[datum.value]"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ")


def _plain(row: Record) -> Record:
    return {key: _plain_value(value) for key, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value

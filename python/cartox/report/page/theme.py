"""Colors and the look of charts.

A chart on the page names its colors as CSS variables, so that dark mode and print need no second chart; in
the picture files the light values stand. Groups: Okabe and Ito, Color universal design (2008). Grades: steps
of one hue, the darker or (in dark mode) the brighter the worse.
"""

from __future__ import annotations

import json
import re
from typing import Any, cast

from cartox.report.page.blocks import Spec

LIGHT = {
    "paper": "#ffffff",
    "raised": "#ffffff",
    "sunken": "#f4f6f8",
    "ink": "#17212b",
    "ink-soft": "#51606e",
    "line": "#d5dce3",
    "accent": "#0b5c8a",
    "responder": "#0072b2",
    "non-responder": "#d55e00",
    "neutral": "#6b7a88",
    "before": "#7a5aa6",
    "from": "#00795a",
    "good": "#00795a",
    "warn": "#b36b00",
    "bad": "#c0392b",
    "grade-0": "#e6ebef",
    "grade-1": "#c6b8e6",
    "grade-2": "#9673c9",
    "grade-3": "#65379b",
    "grade-4": "#2b0a4f",
}
DARK = {
    "paper": "#10161c",
    "raised": "#182129",
    "sunken": "#141b22",
    "ink": "#e8eef3",
    "ink-soft": "#a3b1bd",
    "line": "#32404c",
    "accent": "#7cc4ef",
    "responder": "#56b4e9",
    "non-responder": "#f0883e",
    "neutral": "#8fa0ae",
    "before": "#c3a6ec",
    "from": "#3fcf9f",
    "good": "#3fcf9f",
    "warn": "#f0b849",
    "bad": "#ff7b6b",
    "grade-0": "#34434f",
    "grade-1": "#67499a",
    "grade-2": "#9377c6",
    "grade-3": "#bda9e8",
    "grade-4": "#f0e8ff",
}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"
PICTURE_FONT = "Liberation Sans, Arial, sans-serif"
PICTURE_WIDTH = 640


def color(name: str) -> str:
    """Return a color of the theme as a chart on the page names it."""
    return f"var(--{name})"


CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "domainColor": color("line"),
        "gridColor": color("line"),
        "gridOpacity": 0.6,
        "tickColor": color("line"),
        "labelColor": color("ink-soft"),
        "titleColor": color("ink-soft"),
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelOverlap": True,
    },
    "axisX": {"titleLimit": {"expr": "width"}},
    "axisY": {"titleLimit": {"expr": "height"}},
    "text": {"color": color("ink"), "fontSize": 12},
    "rule": {"color": color("ink-soft")},
}


def page_spec(spec: Spec) -> Spec:
    """Return a chart's specification as the page needs it: without legend, which the page draws itself."""
    return cast("Spec", _without_legends(spec))


def picture_spec(spec: Spec, note: str = "") -> Spec:
    """Return a chart's specification as a picture file needs it: fixed width, light colors, legend, a note below."""
    text = re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: LIGHT[found.group(1)], json.dumps(spec))
    picture = cast("Spec", json.loads(text))
    legend = {
        "orient": "top",
        "title": None,
        "labelColor": LIGHT["ink"],
        "labelFontSize": 12,
        "labelLimit": 400,
    }
    config = picture["config"] | {"background": LIGHT["paper"], "font": PICTURE_FONT, "legend": legend}
    below = {"text": note, "color": LIGHT["ink-soft"], "fontSize": 11, "fontWeight": "normal"}
    title = {"title": below | {"orient": "bottom", "anchor": "end"}} if note else {}
    return picture | title | {"width": PICTURE_WIDTH, "config": config, "padding": 12}


def _without_legends(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            key: None if key == "legend" else value if key == "datasets" else _without_legends(value)
            for key, value in part.items()
        }
    if isinstance(part, list):
        return [_without_legends(item) for item in part]
    return part

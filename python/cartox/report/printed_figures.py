"""What the summary and the report say of the printed figures as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from cartox.report.reading import Record

PREFIX = "Not applicable: "


def why_none_applies(figures: Sequence[Record]) -> str | None:
    """Return the one reason why none of the figures is held against the records; None where some are."""
    if any(figure["verdict"] != "not_applicable" for figure in figures):
        return None
    explanations = {figure["explanation"] for figure in figures}
    if len(explanations) != 1:
        return None
    return str(explanations.pop()).removeprefix(PREFIX).removesuffix(".")

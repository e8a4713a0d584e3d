"""The summary of a release, in Markdown, made from the released tables alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from cartox.release import allowed
from cartox.release.rules import EXTREME_THRESHOLDS, MEDIAN_THRESHOLDS, OLDER, QUARTILE_THRESHOLDS
from cartox.release.tables import ReleasedTable
from cartox.report.wording import number, p_value
from cartox.synthetic_mark import MANIFEST_KEY, SENTENCE

Row: TypeAlias = dict[str, Any]
WITHHELD = "withheld"
GROUPS = {"all": "all", "responder": "responders", "non_responder": "non-responders"}


def summarise(tables: Sequence[ReleasedTable], threshold: int) -> str:
    """Return the summary; what is withheld reads *withheld*, and never 0."""
    rows = {table.name: table.rows for table in tables}
    facts = {row["key"]: row["value"] for row in rows[allowed.MANIFEST]}
    parts = [
        f"# {facts.get('var.index_drug')} for {facts.get('var.index_toxicity')} after CAR-T".replace(
            "# a", "# A"
        ),
        *([f"**{SENTENCE}**"] if facts.get(MANIFEST_KEY) else []),
        _rules(threshold),
        "## The cohort\n\n" + _table(("", *GROUPS.values(), "p", "test"), _variables(rows)),
        "## Deaths by era of infusion\n\n"
        + _columns(
            rows[allowed.ERA_MORTALITY], ("era", *allowed.ERA_COUNTS, "pct_of_deaths", "pct_of_treated")
        ),
        "## Who is studied\n\n" + _columns(rows[allowed.ATTRITION], ("step", "n_excluded", "n_remaining")),
        "## Records\n\n" + _columns(rows[allowed.CONSERVATION], ("entity", *allowed.RECORD_COUNTS)),
        "## Printed figures\n\n"
        + _columns(rows[allowed.FIGURES], ("description", "study_group", "reported", "computed", "verdict")),
        "## Provenance\n\n" + _columns(rows[allowed.MANIFEST], ("key", "value")),
    ]
    return "\n\n".join(parts) + "\n"


def _rules(threshold: int) -> str:
    return (
        f"No number of patients or records below {threshold} is shown, nor any from which one could be worked "
        f"out; each reads *{WITHHELD}* here and is an empty cell, named in the column `suppressed`, in the "
        f"tables. Medians are those of at least {MEDIAN_THRESHOLDS * threshold} patients, quartiles of "
        f"{QUARTILE_THRESHOLDS * threshold}, smallest and largest values of {EXTREME_THRESHOLDS * threshold}; "
        f"ages over 89 years read {OLDER}. All of this was decided on the true numbers, before rounding."
    )


def _variables(rows: Mapping[str, list[Row]]) -> Iterator[tuple[str, ...]]:
    tests = {row["variable"]: row for row in rows[allowed.COMPARISONS]}
    lines: dict[tuple[int, str, str], dict[str, Row]] = {}
    for row in rows[allowed.DESCRIPTIVES]:
        if row["kind"] != "binary" or row["level"] == "yes":
            lines.setdefault((row["display_order"], row["variable"], row["level"]), {})[
                row["study_group"]
            ] = row
    for (_, variable, level), groups in sorted(lines.items()):
        first = next(iter(groups.values()))
        unit = f", {first['unit']}" if first["unit"] else ""
        label = f"{first['label']}{unit}" + (f": {level}" if first["kind"] == "categorical" else "")
        test = tests.get(variable, {})
        is_tested = test.get("test", "none") != "none"
        yield (
            label,
            *(_described(groups[group]) if group in groups else "" for group in GROUPS),
            _shown(test, "p_value", p_value) if is_tested else "",
            _shown(test, "method", str) if is_tested else "",
        )


def _described(row: Row) -> str:
    if row["kind"] != "continuous":
        count = _shown(row, "count", str)
        return (
            count
            if count == WITHHELD
            else f"{count} of {_shown(row, 'n', str)} ({_shown(row, 'percent', number)} %)"
        )
    quartiles = [_shown(row, column, _value) for column in allowed.QUARTILES]
    between = "" if WITHHELD in quartiles else f" ({' to '.join(quartiles)})"
    return _shown(row, "median", _value) + between


def _shown(row: Row, column: str, form: Any) -> str:
    if column in row["suppressed"].split():
        return WITHHELD
    return "" if row[column] is None else str(form(row[column]))


def _value(value: float | str) -> str:
    return value if isinstance(value, str) else number(value)


def _columns(rows: Iterable[Row], columns: tuple[str, ...]) -> str:
    return _table(columns, (tuple(_shown(row, column, _cell) for column in columns) for row in rows))


def _cell(value: Any) -> str:
    return number(value) if isinstance(value, float) else str(value)


def _table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    shown = [header, ["---"] * len(header), *lines]
    return "\n".join(f"| {' | '.join(map(_escape, line))} |" for line in shown)


def _escape(text: str) -> str:
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")

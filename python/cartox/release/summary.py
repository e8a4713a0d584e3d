"""The summary of a release, in Markdown, made from the released tables alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cartox.release import rules
from cartox.release.blocks import AS_OF, WITHHELD, Row
from cartox.release.measured import CERTAINTIES
from cartox.release.numbers import OLDER
from cartox.release.people import EVALUABLE
from cartox.release.tables import ReleasedTable
from cartox.report.wording import bounded, number
from cartox.results.values import NON_RESPONDER, RESPONDER
from cartox.synthetic_mark import MANIFEST_KEY, SENTENCE

GONE = "withheld"
GROUPS = {EVALUABLE: "outcome known", RESPONDER: "responders", NON_RESPONDER: "non-responders"}


def summarise(tables: Sequence[ReleasedTable], threshold: int) -> str:
    """Return the summary; what is withheld reads *withheld*, and never 0."""
    rows = {table.name: table.rows for table in tables}
    facts = {row["key"]: row["value"] for row in rows[rules.MANIFEST]}
    parts = [
        f"# {facts.get('var.index_drug')} for {facts.get('var.index_toxicity')} after CAR-T".replace(
            "# a", "# A"
        ),
        *([f"**{SENTENCE}**"] if facts.get(MANIFEST_KEY) else []),
        _rules(threshold),
        *_repeated(rows),
        "## The cohort\n\n" + _table(("", *GROUPS.values(), "p"), _variables(rows)),
        "## Deaths by era of infusion\n\n"
        + _columns(
            rows[rules.ERAS],
            ("measure", "reading", "before_count", "before_total", "from_count", "from_total", "p_value"),
        ),
        "## Who is studied\n\n" + _columns(rows[rules.ATTRITION], ("step", "n_remaining")),
        "## Records\n\n" + _columns(rows[rules.CONSERVATION], tuple(rules.RULES[rules.CONSERVATION])),
        "## Provenance\n\n" + _columns(rows[rules.MANIFEST], ("key", "value")),
    ]
    return "\n\n".join(parts) + "\n"


def _rules(threshold: int) -> str:
    return (
        f"Counts of patients and records below {threshold} are withheld, with all others from which they could be told; "
        f"each reads *{GONE}* here and is an empty cell, named in the column `suppressed`, in the tables. Other counts are "
        "rounded to 5, so that they need not add up; percentages are computed from the rounded counts. Medians and "
        f"quartiles are means of several neighbors in groups of at least {threshold}. Numbers have two digits; ages over "
        f"89 years read {OLDER}. The counts are of patients whose outcome is known; those whose value is not known are in "
        "the part that says so. Where a count is shown, a percentage can be off by as much as 5 patients more or fewer make."
    )


def _repeated(rows: Mapping[str, list[Row]]) -> Iterator[str]:
    days = sorted({str(row[AS_OF]) for own in rows.values() for row in own if row.get(AS_OF)})
    if days:
        yield (
            f"Some rows repeat the numbers of an earlier release ({', '.join(days)}; column `as_of`), since fewer patients "
            "than the threshold differ."
        )


def _variables(rows: Mapping[str, list[Row]]) -> Iterator[tuple[str, ...]]:
    tests = {row["variable"]: row for row in rows[rules.COMPARISONS]}
    lines: dict[tuple[int, str, int, str], dict[str, Row]] = {}
    for row in rows[rules.DESCRIPTIVES]:
        if row["kind"] != "binary" or row["level"] == "yes":
            key = (row["display_order"], row["variable"], row["level_order"], row["level"])
            lines.setdefault(key, {})[row["study_group"]] = row
    for (_, variable, _, level), groups in sorted(lines.items()):
        first = next(iter(groups.values()))
        unit = f", {first['unit']}" if first["unit"] else ""
        label = f"{first['label']}{unit}" + (f": {level}" if first["kind"] == "categorical" else "")
        test = tests.get(variable)
        yield (
            label,
            *(_described(groups[group]) if group in groups else "" for group in GROUPS),
            _shown(test, "p_value") if test else "",
        )


def _described(row: Row) -> str:
    if "median" in row[WITHHELD].split() or row["median"] is not None:
        quartiles = [_bounded(row, column) for column in ("q1", "q3")]
        between = "" if GONE in quartiles else f" ({' to '.join(quartiles)})"
        return _bounded(row, "median") + between
    count = _shown(row, "count")
    return count if count == GONE else f"{count} of {_shown(row, 'n')} ({_shown(row, 'percent')} %)"


def _bounded(row: Row, column: str) -> str:
    shown = _shown(row, column)
    return shown if shown == GONE else bounded(shown, row[CERTAINTIES[column]])


def _shown(row: Row, column: str) -> str:
    if column in row.get(WITHHELD, "").split():
        return GONE
    return "" if row[column] is None else _cell(row[column], column)


def _columns(rows: Iterable[Row], columns: tuple[str, ...]) -> str:
    return _table(columns, (tuple(_shown(row, column) for column in columns) for row in rows))


def _cell(value: Any, column: str) -> str:
    if column.startswith("p_") and isinstance(value, float):
        return f"{value:g}"
    return number(value) if isinstance(value, float) else str(value)


def _table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    shown = [header, ["---"] * len(header), *lines]
    return "\n".join(f"| {' | '.join(map(_escape, line))} |" for line in shown)


def _escape(text: str) -> str:
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")

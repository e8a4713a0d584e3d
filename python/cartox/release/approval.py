"""What whoever approves a release reads: each table, what was withheld and why, and what could still be told.

It stays inside: why a cell is withheld is itself more than the release tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from cartox.release.blocks import AS_OF, WITHHELD, Row
from cartox.release.bounds import Bound, find_bounds
from cartox.release.formats.plain import write_rows
from cartox.release.rules import MANIFEST, NEVER_RELEASED, RULES, WORD
from cartox.release.tables import Released

SHEET = ("table", "row", "shown", "withheld", "why", "could_be", "repeats_release_of")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; } td, th { border-bottom: 1px solid #bbb; padding: .2rem .6rem; text-align: left; }
"""


def write_approval(folder: Path, released: Released, threshold: int) -> None:
    """Write index.html and sheet.csv."""
    rows = list(_rows(released, threshold))
    write_rows(folder / "sheet.csv", SHEET, rows)
    (folder / "index.html").write_text(_page(rows, threshold), encoding="utf-8")


def _rows(released: Released, threshold: int) -> Iterator[tuple[str, ...]]:
    bounds: dict[tuple[str, ...], list[Bound]] = {}
    for bound in find_bounds(released.tables, threshold):
        bounds.setdefault((bound.table, *bound.of), []).append(bound)
    for block in released.blocks:
        why = "; ".join(f"{what}: {reason}" for what, reason in block.reasons.items())
        for table, rows in block.rows.items():
            for row in rows:
                shown = [f"{name} {row[name]}" for name in row if _is_shown(table, row, name)]
                told = bounds.get((table, *_of(table, row)), [])
                yield (
                    table,
                    " / ".join(_of(table, row)),
                    ", ".join(shown),
                    row[WITHHELD],
                    why if row[WITHHELD] else "",
                    ", ".join(f"{one.column} {_range(one)}" for one in told),
                    row[AS_OF] or "",
                )
    for table, reason in NEVER_RELEASED.items():
        yield (table, "every row", "", "everything", reason, "", "")


def _is_shown(table: str, row: Row, column: str) -> bool:
    return column in RULES[table] and RULES[table][column] != WORD and row[column] is not None


def _of(table: str, row: Row) -> tuple[str, ...]:
    names = {
        "results.descriptives": ("variable", "level", "study_group"),
        "results.comparisons": ("variable",),
        "results.era_comparison": ("measure", "reading"),
        "marts.cohort_attrition": ("step",),
        "marts.record_conservation": ("entity",),
        MANIFEST: ("key",),
    }
    return tuple(str(row[name]) for name in names[table])


def _range(bound: Bound) -> str:
    return f"{bound.low} or more" if bound.high is None else f"{bound.low} to {bound.high}"


def _page(rows: Sequence[Sequence[str]], threshold: int) -> str:
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in SHEET)
    body = "\n".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    n_withheld = sum(bool(row[3]) for row in rows)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">
<title>Approval of a release</title>
<style>{STYLE}</style>
</head>
<body>
<h1>Approval of a release</h1>
<p>This page stays inside. Counts of fewer than {threshold} are withheld, and all that would tell them; what is shown is rounded.
<em>Could be</em> is what an attacker who knows the rules, but no record, can still work out from the whole release.
{n_withheld} of {len(rows)} rows have something withheld.</p>
<table><thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody></table>
<p>Approved by: ____________________ &nbsp; on: ____________________</p>
</body>
</html>
"""

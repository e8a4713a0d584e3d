"""Responders beside non-responders."""

from __future__ import annotations

import duckdb
from rich.console import Console
from rich.text import Text

from cartox.report.reading import Record, records
from cartox.report.wording import (
    ADJUSTED,
    BOUNDS,
    NOT_CLAIMED,
    bounded,
    has_marks,
    p_value,
    percent_text,
    quantile,
)
from cartox.terminal import heading, new_table, print_table, sentence

CELLS = """
select
    d.*,
    c.p_value,
    c.p_exact,
    c.p_bh,
    c.method,
    c.n_missing as n_missing_of_all,
    c.not_applicable as no_test,
    rule.convention
from results.descriptives as d
inner join results.comparisons as c on d.variable = c.variable
left join results.comparison_conventions as rule on d.variable = rule.variable and rule.is_rule
where
    d.study_group <> 'all'
    and (d.kind <> 'binary' or d.level = 'yes')
order by d.display_order, d.level_order, d.study_group
"""
SHORT_TEST = {
    "asymptotic with continuity correction": "Wilcoxon",
    "Fisher exact": "Fisher",
    "Pearson": "chi-square",
}


def show_comparisons(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print a line for each compared variable, or each of its levels, and what the tests were."""
    heading(console, "Responders and non-responders")
    cells = records(connection, CELLS)
    table = new_table("", "responders", "non-responders", "test", "p", "p exact", "p BH")
    section = None
    for non_responders, responders in zip(cells[::2], cells[1::2], strict=True):
        if non_responders["section"] != section:
            section = non_responders["section"]
            table.add_row(Text(section, style="italic dim"))
        if non_responders["kind"] == "categorical" and non_responders["level_order"] == 1:
            table.add_row(label_of(non_responders), "", "", *_tests(non_responders))
        is_level = non_responders["kind"] == "categorical"
        table.add_row(
            Text(f"  {non_responders['level']}") if is_level else label_of(non_responders),
            value_of(responders),
            value_of(non_responders),
            *(("",) * 4 if is_level else _tests(non_responders)),
        )
    print_table(console, table)
    sentence(console, f"Median or n (%). {ADJUSTED}")
    sentence(console, NOT_CLAIMED)
    if has_marks(map(value_of, cells)):
        sentence(console, BOUNDS)
    for method in sorted({cell["method"] for cell in cells if cell["method"] and not cell["no_test"]}):
        sentence(console, f"Test: {method}.", style="dim")
    reasons = sorted({f"{cell['label']}: {cell['no_test']}" for cell in cells if cell["no_test"]})
    if len(reasons) * 2 < len(cells) / 2:
        for reason in reasons:
            sentence(console, f"Not applicable: {reason}.", style="dim")


def label_of(cell: Record) -> Text:
    """Write what a row is about, with its unit and how many values are missing."""
    unit = f", {cell['unit']}" if cell["unit"] else ""
    missing = f" ({cell['n_missing_of_all']} missing)" if cell["n_missing_of_all"] else ""
    return Text(f"{cell['label']}{unit}{missing}")


def value_of(cell: Record) -> str:
    """Write the median of a group, or a count with its percentage."""
    if cell["not_applicable"]:
        return "not applicable"
    if cell["kind"] == "continuous":
        return quantile(cell, "median")
    return bounded(f"{cell['count']} ({percent_text(cell['percent'])})", cell["certainty"])


def _tests(cell: Record) -> tuple[str, str, str, str]:
    if cell["no_test"]:
        return "not applicable", "", "", ""
    test = SHORT_TEST.get(cell["convention"], cell["convention"] or "")
    return test, p_value(cell["p_value"]), p_value(cell["p_exact"]), p_value(cell["p_bh"])

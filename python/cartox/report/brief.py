"""The study in fifteen lines of a terminal of eighty columns, read from the warehouse alone; it names no patient."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
from rich.console import Console

from cartox.report.comparisons import CELLS, label_of, value_of
from cartox.report.figures import told_by_verdict
from cartox.report.headline import title
from cartox.report.mortality import UNKNOWN_CAUSES
from cartox.report.printed_figures import why_none_applies
from cartox.report.reading import Counts, Record, counts, manifest, records
from cartox.report.wording import interval, p_value, plural, share
from cartox.synthetic_mark import MANIFEST_KEY, SENTENCE
from cartox.terminal import heading, new_table, print_table, sentence

SMALLEST = 3
FAMILY = "before_index"
RESPONSE = """
select * from results.descriptives where variable = 'responder' and level = 'yes' and study_group = 'all'
"""
SMALLEST_P = f"""
select variable, p_value, p_bh
from results.comparisons
where family = '{FAMILY}' and p_value is not null
order by p_value, display_order
limit {SMALLEST}
"""  # noqa: S608 (constants of this module)
ERAS = """
select * from results.era_comparison where reading = 'era_date' and measure = 'risk_per_treated_patient'
"""
FIGURES = "select verdict, explanation from results.reported_figures"


def show_brief(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print who was studied, how many responded, what set the groups apart most, deaths, printed figures and records."""
    facts = manifest(connection)
    heading(console, title(facts))
    if facts.get(MANIFEST_KEY):
        sentence(console, SENTENCE, style="bold")
    n_cohort = int(facts["rows.marts.cohort"] or 0)
    drug, toxicity = facts.get("var.index_drug"), facts.get("var.index_toxicity")
    treated = plural(int(facts["rows.marts.treated_patients"] or 0), "patient")
    if n_cohort:
        sentence(console, f"{treated} treated, {n_cohort:,} of them given {drug} for {toxicity}: the cohort.")
        for text in _response(records(connection, RESPONSE), drug, toxicity):
            sentence(console, text)
        _show_groups(connection, console)
    else:
        sentence(
            console,
            f"{treated} treated, none of whom is known to have been given {drug} for {toxicity}: the cohort is empty.",
        )
    for eras in records(connection, ERAS):
        sentence(
            console,
            f"CRS/ICANS deaths: {_era(eras, 'before')}, since {eras['era_date']} {_era(eras, 'from')}.",
        )
    sentence(console, _figures(records(connection, FIGURES), counts(connection, "printed_figure")))
    kept = counts(connection, "conservation")
    sentence(
        console,
        f"Records: {kept.n(level='raw'):,}, {kept.n(level='accepted'):,} accepted, {kept.n(level='quarantined'):,} quarantined"
        f"{_unknown_causes(records(connection, UNKNOWN_CAUSES))}.",
    )


def _unknown_causes(found: list[Record]) -> str:
    for causes in found:
        if causes["n_unknown"]:
            return f"; {plural(causes['n_unknown'], 'death')} of unknown cause"
    return ""


def _response(found: list[Record], drug: str | None, toxicity: str | None) -> Iterator[str]:
    for cells in found:
        if not cells["n"]:
            yield f"Of none of them can it be told whether {toxicity} resolved: nobody is counted as a failure."
            continue
        if cells["n_missing"]:
            yield f"Of {cells['n_missing']} it cannot be told whether {toxicity} resolved; no test counts them."
        ends = interval(cells["percent_low"], cells["percent_high"])
        yield f"{share(cells['count'], cells['n'], cells['percent'])} responded, 95 % interval {ends} %."
        yield "There is no comparison group: this is not the effect of the drug."


def _show_groups(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print the planned tests of what was known before the index time that gave the smallest p."""
    tests = records(connection, SMALLEST_P)
    if not tests:
        return
    cells = records(connection, CELLS)
    table = new_table("known before the index time", "responders", "non-responders", "p", "p BH")
    table.box = None
    for test in tests:
        of_test = [cell for cell in cells if cell["variable"] == test["variable"]]
        is_level = of_test[0]["kind"] == "categorical"
        shown = ("", "") if is_level else tuple(value_of(cell) for cell in reversed(of_test[:2]))
        table.add_row(label_of(of_test[0]), *shown, p_value(test["p_value"]), p_value(test["p_bh"]))
    print_table(console, table)
    n_tests = counts(connection, "planned_test").n(FAMILY, "with_p")
    sentence(
        console,
        f"The smallest p of {plural(n_tests, 'test')} that could be made; p BH is adjusted for all.",
        style="dim",
    )


def _era(cells: Record, era: str) -> str:
    counted = (cells[f"{era}_{cell}"] for cell in ("count", "total", "percent", "certainty"))
    return share(*counted)


def _figures(figures: list[Record], counted: Counts) -> str:
    if not figures:
        return "The study printed no figures."
    reason = why_none_applies(figures)
    if reason:
        return f"{plural(counted.n(), 'printed figure')} not applicable: {reason}."
    return f"Of {plural(counted.n(), 'printed figure')}: {told_by_verdict(counted)}."

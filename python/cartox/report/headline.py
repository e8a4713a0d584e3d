"""How many were treated, how many are studied, and how many responded."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
from rich.console import Console

from cartox.report.reading import manifest, records
from cartox.report.wording import interval, plural
from cartox.synthetic_mark import MANIFEST_KEY, SENTENCE
from cartox.terminal import heading, sentence


def title(facts: Mapping[str, str | None]) -> str:
    """Return what is studied, from the facts of the manifest."""
    drug = facts.get("var.index_drug") or "the index drug"
    return f"{drug.capitalize()} for {facts.get('var.index_toxicity') or 'the index toxicity'} after CAR-T"


def show_headline(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print the answer in words."""
    facts = manifest(connection)
    drug = facts.get("var.index_drug") or "the index drug"
    toxicity = facts.get("var.index_toxicity") or "the index toxicity"
    heading(console, title(facts))
    if facts.get(MANIFEST_KEY):
        sentence(console, SENTENCE, style="bold")
    treated = plural(int(facts["rows.marts.treated_patients"] or 0), "patient was", "patients were")
    n_cohort = int(facts["rows.marts.cohort"] or 0)
    sentence(console, f"{treated} treated with the study's kind of product for its indication.")
    if n_cohort == 0:
        sentence(
            console,
            f"None of them is known to have been given {drug} for {toxicity}: the cohort is empty, and what would be computed "
            "from it is not applicable.",
        )
        return
    sentence(
        console,
        f"{plural(n_cohort, 'patient was', 'patients were')} given {drug} for {toxicity}: the cohort.",
    )
    found = records(
        connection,
        "select * from results.descriptives "
        "where variable = 'responder' and level = 'yes' and study_group = 'all'",
    )
    for cells in found:
        if not cells["n"]:
            sentence(
                console,
                f"Of none of them can it be told whether {toxicity} resolved: nobody is counted as a failure.",
            )
            continue
        if cells["n_missing"]:
            sentence(
                console,
                f"Of {cells['n_missing']} it cannot be told whether {toxicity} resolved; no test counts them.",
            )
        sentence(
            console,
            f"{cells['count']} of {cells['n']} responded, {cells['percent']:.1f} % "
            f"(95 % interval {interval(cells['percent_low'], cells['percent_high'])} %, Clopper-Pearson): "
            f"{toxicity} resolved after {drug} began.",
        )
        sentence(console, "There is no comparison group: this is not the effect of the drug.", style="dim")

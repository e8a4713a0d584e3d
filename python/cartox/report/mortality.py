"""Deaths of the toxicities before and from the era date."""

from __future__ import annotations

import duckdb
from rich.console import Console

from cartox.report.reading import Record, records
from cartox.report.wording import NOT_APPLICABLE, UNKNOWN, bounded, interval, p_value, plural
from cartox.terminal import heading, new_table, print_table, sentence

MEASURES = {
    "share_of_deaths": "share of all deaths",
    "risk_per_treated_patient": "risk per treated patient",
}
UNKNOWN_CAUSES = """
select n as n_unknown, n_of as n_deaths
from results.counts
where topic = 'cause_of_death' and item = 'cibmtr' and level = 'UNK'
"""
UNKNOWN_STATUSES = "select n as n_unknown, n_of as n_treated from results.counts where topic = 'vital_status'"


def show_mortality(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print both measures under both readings of the date, with their intervals, and what they do not say."""
    heading(console, "Deaths of CRS or ICANS by era of infusion")
    table = new_table("", "before", "from", "difference, points", "p")
    era_date = None
    methods: set[str] = set()
    for cells in records(
        connection, "select * from results.era_comparison order by reading asc, measure desc"
    ):
        if cells["era_date"] != era_date:
            era_date = cells["era_date"]
            study = "the study's reading" if cells["reading"] == "era_date" else "sensitivity"
            table.add_row(f"[italic dim]era date {era_date} ({study})[/]")
        methods.add(cells["method"] or f"{NOT_APPLICABLE}: {cells['not_applicable']}")
        table.add_row(
            MEASURES.get(cells["measure"], cells["measure"]),
            _share(cells, "before"),
            _share(cells, "from"),
            difference(cells).replace(" (", "\n("),
            p_value(cells["p_value"]),
        )
    print_table(console, table)
    sentence(
        console,
        f"95 % intervals: Clopper-Pearson, Newcombe. Test: {'; '.join(sorted(methods))}.",
        style="dim",
    )
    sentence(
        console,
        "The share of deaths is not a risk: it also moves when deaths of other causes become more or fewer, "
        "as they do with longer follow-up. Products, lines of therapy and the use of steroids changed too.",
    )
    for query, told in UNKNOWNS:
        for counts in records(connection, query):
            caution = told(counts)
            if caution:
                sentence(console, caution)


def unknown_causes(counts: Record) -> str | None:
    """Say how many deaths have no known cause and what becomes of them; None where every cause is known.

    `counts` is the row of UNKNOWN_CAUSES.
    """
    if not counts["n_unknown"]:
        return None
    return (
        f"Of {plural(counts['n_deaths'], 'death')}, {counts['n_unknown']:,} "
        f"{'has' if counts['n_unknown'] == 1 else 'have'} no known cause. They are counted among the deaths, not among "
        "those of CRS or ICANS, and end the time at risk as another death does, so that shares and incidences may be too low; "
        "tests take them so."
    )


def unknown_statuses(counts: Record) -> str | None:
    """Say of how many the site has no record of vital status; None where it has one of everybody.

    `counts` is the row of UNKNOWN_STATUSES.
    """
    if not counts["n_unknown"]:
        return None
    return (
        f"Of {counts['n_unknown']:,} of {plural(counts['n_treated'], 'treated patient')} there is no record of vital status. "
        "They are counted among the treated and not among the deaths."
    )


UNKNOWNS = ((UNKNOWN_CAUSES, unknown_causes), (UNKNOWN_STATUSES, unknown_statuses))
"""What nobody knows of deaths: each query with what is said of its row."""


def difference(cells: Record) -> str:
    """Write the difference of a row of results.era_comparison with its interval, as certain as it is."""
    if cells["difference"] is None:
        return UNKNOWN if cells["difference_certainty"] == UNKNOWN else NOT_APPLICABLE
    ends = interval(cells["difference_low"], cells["difference_high"])
    points = bounded(f"{cells['difference']:.1f}", cells["difference_certainty"])
    return f"{points} ({ends})"


def _share(cells: Record, era: str) -> str:
    if cells[f"{era}_certainty"] == UNKNOWN:
        count = f"{cells[f'{era}_count']} of {cells[f'{era}_total']}"
        return f"{bounded(count, 'at_least')}\nshare unknown"
    if cells[f"{era}_percent"] is None:
        return f"0 of {cells[f'{era}_total']}"
    count = f"{cells[f'{era}_count']} of {cells[f'{era}_total']}, {cells[f'{era}_percent']:.2f} %"
    return f"{bounded(count, cells[f'{era}_certainty'])}\n({interval(cells[f'{era}_percent_low'], cells[f'{era}_percent_high'])})"

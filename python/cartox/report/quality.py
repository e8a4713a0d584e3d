"""What became of the raw records."""

from __future__ import annotations

import duckdb
from rich.console import Console

from cartox.report.reading import counts, records
from cartox.terminal import heading, new_table, print_table, sentence

KINDS = ("n_raw", "n_accepted", "n_duplicate", "n_superseded", "n_quarantined")
REASONS = """
select item as entity, level as reason, n as n_records
from results.counts
where topic = 'quarantined' and item <> 'any'
order by n desc, item asc, level asc
"""
MOST_SHOWN = 8


def show_quality(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print the conservation of records, and why records were quarantined."""
    heading(console, "Records")
    table = new_table("", *(kind.removeprefix("n_") for kind in KINDS))
    rows = records(connection, "select * from marts.record_conservation order by entity")
    for row in rows:
        table.add_row(_words(row["entity"]), *(f"{row[kind]:,}" for kind in KINDS))
    table.add_section()
    total = counts(connection, "conservation")
    table.add_row("all", *(f"{total.n(level=kind.removeprefix('n_')):,}" for kind in KINDS))
    print_table(console, table)
    reasons = records(connection, REASONS)
    if reasons:
        shown = [
            f"{row['reason'].replace('_', ' ')} ({row['entity'].replace('_', ' ')}, {row['n_records']})"
            for row in reasons
        ]
        more = "; and for other reasons" if len(shown) > MOST_SHOWN else ""
        sentence(console, f"Quarantined: {'; '.join(shown[:MOST_SHOWN])}{more}.")


def _words(name: str) -> str:
    return name.replace("_", " ")

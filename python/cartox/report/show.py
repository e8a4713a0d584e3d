"""The study's summary in the terminal, read from the warehouse alone; it names no patient."""

from __future__ import annotations

import duckdb
from rich.console import Console

from cartox.report.comparisons import show_comparisons
from cartox.report.figures import show_reported_figures
from cartox.report.headline import show_headline
from cartox.report.mortality import show_mortality
from cartox.report.provenance import show_provenance
from cartox.report.quality import show_quality
from cartox.report.steroids import show_steroids


def show(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    """Print what the study found, how, from what, and which printed figures it reproduces.

    `connection` is open on a warehouse with marts and results. What an empty cohort cannot answer reads
    *not applicable*.
    """
    show_headline(connection, console)
    show_comparisons(connection, console)
    show_steroids(connection, console)
    show_mortality(connection, console)
    show_reported_figures(connection, console)
    show_quality(connection, console)
    show_provenance(connection, console)

"""results.analysis_results, results.summarised_result and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from cartox.results.long_forms.ard import ard_rows
from cartox.results.long_forms.omop import settings, summarised_result
from cartox.results.long_forms.statistics import read_statistics
from cartox.results.tables import insert_rows
from cartox.synthetic_mark import is_marked


def write_long_forms(
    connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any], landing: Path
) -> None:
    """One row per statistic of the tables before them, in the columns of cards and of omopgenerics."""
    statistics = read_statistics(connection)
    is_synthetic = is_marked(landing)
    insert_rows(connection, "analysis_results", ard_rows(statistics, is_synthetic=is_synthetic))
    insert_rows(connection, "summarised_result", summarised_result(statistics))
    insert_rows(
        connection,
        "summarised_result_settings",
        settings(statistics, variables, is_synthetic=is_synthetic),
    )

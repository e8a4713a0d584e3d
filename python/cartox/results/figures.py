"""results.reported_figures: every printed figure beside what the records give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import duckdb

from cartox.audit.reported import ComputedFigure, NamedP, PrintedFigure, judge
from cartox.results.printed_study import why_not_comparable
from cartox.results.tables import insert_rows, sql
from cartox.statistics.certainty import EXACT, UNKNOWN

EMPTY_COHORT = "the cohort is empty"

Record: TypeAlias = dict[str, Any]


def write_reported_figures(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    """One row per printed figure, in the order in which the study printed them.

    Where the vars say that this is another study than the one that printed them, none is applicable.

    Raises ValueError, naming the figure, where its source names a cell that the results do not have; or where
    the seeds do not name one study as that of the figures.
    """
    insert_rows(connection, "reported_figures", list(_rows(connection, variables)))


def _rows(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    figures = _records(connection, sql("printed_figures"))
    if not figures:
        return
    other_study = why_not_comparable(connection, variables)
    for figure in figures:
        printed = PrintedFigure(
            statistic=figure["statistic"],
            reported=Decimal(str(figure["reported"])),
            decimals=figure["decimals"],
            denominator=figure["denominator"],
            unit=figure["unit"] or "",
        )
        computed = ComputedFigure(not_applicable=other_study) if other_study else _compute(connection, figure)
        judgement = judge(printed, computed)
        yield (
            figure["figure_id"],
            figure["reported"],
            judgement.computed,
            judgement.verdict.value,
            judgement.convention,
            judgement.follows_rule,
            judgement.explanation,
            judgement.unrounded,
            judgement.certainty,
            figure["section"],
            figure["description"],
            figure["study_group"],
            figure["statistic"],
            figure["decimals"],
            figure["unit"],
            figure["figure_order"],
        )


def _compute(connection: duckdb.DuckDBPyConnection, figure: Record) -> ComputedFigure:
    readers = {"descriptives": _describe, "comparisons": _compare, "era_comparison": _compare_eras}
    read = readers.get(figure["result_table"])
    if read is None:
        raise ValueError(
            f"figure_sources, figure {figure['figure_id']}: the table is none of {', '.join(readers)}"
        )
    try:
        computed = read(connection, figure)
    except KeyError:
        computed = None
    if computed is None:
        raise ValueError(f"figure_sources, figure {figure['figure_id']}: the results have no such cell")
    return computed


def _describe(connection: duckdb.DuckDBPyConnection, figure: Record) -> ComputedFigure | None:
    cells = _record(
        connection,
        "select * from results.descriptives where variable = ? and level = ? and study_group = ?",
        [figure["variable"], figure["level"], figure["source_group"]],
    )
    if cells is None:
        return None
    if cells["n"] + cells["n_missing"] == 0:
        return ComputedFigure(not_applicable=EMPTY_COHORT)
    is_counted = cells["count"] is not None
    column = figure["source_column"]
    named = f"{column}_certainty"
    value = cells[column]
    return ComputedFigure(
        value=None if value is None else float(value),
        count=cells["count"],
        total=cells["n"] if is_counted else None,
        n=None if is_counted else cells["n"],
        n_missing=cells["n_missing"],
        not_applicable=cells["not_applicable"],
        certainty=EXACT if column == "n" else cells[named] if named in cells else cells["certainty"],
    )


def _compare(connection: duckdb.DuckDBPyConnection, figure: Record) -> ComputedFigure | None:
    cells = _record(connection, "select * from results.comparisons where variable = ?", [figure["variable"]])
    if cells is None:
        return None
    n_patients = cells["n_responders"] + cells["n_non_responders"] + cells["n_missing"]
    conventions = _records(
        connection,
        "select convention, p_value, is_rule from results.comparison_conventions "
        "where variable = ? and p_value is not null order by is_rule desc, convention asc",
        [figure["variable"]],
    )
    return ComputedFigure(
        p_values=tuple(NamedP(**convention) for convention in conventions),
        n_missing=cells["n_missing"],
        smallest_expected=cells["smallest_expected"],
        not_applicable=cells["not_applicable"] if n_patients else EMPTY_COHORT,
    )


def _compare_eras(connection: duckdb.DuckDBPyConnection, figure: Record) -> ComputedFigure | None:
    cells = _record(
        connection,
        "select * from results.era_comparison where measure = ? and reading = ?",
        [figure["variable"], figure["level"]],
    )
    if cells is None:
        return None
    era = figure["source_group"]
    value = cells[f"{era}_{figure['source_column']}"]
    return ComputedFigure(
        value=None if value is None else float(value),
        count=cells[f"{era}_count"],
        total=cells[f"{era}_total"],
        not_applicable=_why_no_share(cells, era) if value is None else None,
        certainty=EXACT if figure["source_column"] == "total" else cells[f"{era}_certainty"],
    )


def _why_no_share(cells: Record, era: str) -> str:
    if cells[f"{era}_certainty"] == UNKNOWN:
        return "patients without a record of vital status could move it either way"
    return "nobody to count in this era"


def _record(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[Any]) -> Record | None:
    return next(iter(_records(connection, query, parameters)), None)


def _records(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: list[Any] | None = None
) -> list[Record]:
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

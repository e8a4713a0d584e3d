"""The dashboard as Superset's export ZIP, which its own import reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import duckdb
import yaml

from cartox.dashboards.questions import (
    BARS,
    CHARTS,
    DASHBOARD,
    NOTES,
    TABLE,
    Chart,
    answer_columns,
    read_query,
)
from cartox.dashboards.superset_layout import one_below_the_other
from cartox.errors import UserError
from cartox.owner import write_for_owner

VERSION = "1.0.0"
ROOT = "cartox"
ROW_LIMIT = 10_000
CONNECTION = {"read_only": True, "config": {"enable_external_access": "false"}}
_VISUALS = {BARS: "echarts_timeseries_bar", "lines": "echarts_timeseries_line", TABLE: "table"}


def write_superset(connection: duckdb.DuckDBPyConnection, warehouse: Path, file: Path) -> int:
    """Write the dashboard on a published file as a ZIP for its owner alone, and return how many charts it has.

    It holds queries and the file's path, and no number. Raises UserError where the file lacks a table, or where no
    address can name its path.
    """
    parts = dict(_parts(connection, warehouse.absolute()))
    with write_for_owner(file) as written, ZipFile(written, "w", ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
            bundle.writestr(ZipInfo(f"{ROOT}/{name}.yaml"), text)
    return len(CHARTS)


def _parts(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    if "?" in str(warehouse):
        raise UserError(f"{warehouse}: Superset's address of a database cannot hold a question mark")
    database = f"cartox {warehouse}"
    yield "metadata", {"version": VERSION, "type": "Dashboard"}
    yield "databases/cartox", _database(warehouse, database)
    for question in dict.fromkeys(chart.question for chart in CHARTS):
        columns = answer_columns(connection, question)
        yield f"datasets/cartox/{question}", _dataset(warehouse, question, columns)
    for number, chart in enumerate(CHARTS, start=1):
        yield f"charts/{number}_{chart.question}", _chart(warehouse, chart)
    yield "dashboards/cartox", _dashboard(warehouse)


def _uuid(warehouse: Path, *names: str) -> str:
    """Return an id that is the same at each export of this file, and another for another file."""
    return str(uuid5(NAMESPACE_URL, "/".join(("cartox", str(warehouse), *names))))


def _database(warehouse: Path, name: str) -> dict[str, Any]:
    return {
        "database_name": name,
        "sqlalchemy_uri": f"duckdb:///{warehouse}",
        "cache_timeout": None,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_csv_upload": False,
        "extra": {"engine_params": {"connect_args": CONNECTION}},
        "uuid": _uuid(warehouse, "database"),
        "version": VERSION,
    }


def _dataset(warehouse: Path, question: str, columns: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "table_name": question,
        "schema": "marts",
        "sql": read_query(question),
        "columns": [
            {"column_name": name, "type": kind, "groupby": True, "filterable": True, "is_dttm": False}
            for name, kind in columns
        ],
        "metrics": [],
        "uuid": _uuid(warehouse, "dataset", question),
        "database_uuid": _uuid(warehouse, "database"),
        "version": VERSION,
    }


def _chart(warehouse: Path, chart: Chart) -> dict[str, Any]:
    visual = _VISUALS[chart.kind]
    params = {"viz_type": visual, "row_limit": ROW_LIMIT, "adhoc_filters": [], **_drawn(chart)}
    return {
        "slice_name": chart.title,
        "viz_type": visual,
        "params": params,
        "query_context": json.dumps(_asked(chart, params)),
        "cache_timeout": None,
        "uuid": _uuid(warehouse, "chart", chart.title),
        "dataset_uuid": _uuid(warehouse, "dataset", chart.question),
        "version": VERSION,
    }


def _metric(column: str) -> dict[str, Any]:
    """Return a column as Superset asks for it; an answer has one row for each x and series, which the largest value is."""
    return {"expressionType": "SQL", "sqlExpression": f"max({column})", "label": column}


def _drawn(chart: Chart) -> dict[str, Any]:
    if chart.kind == TABLE:
        return {
            "query_mode": "raw",
            "all_columns": list(chart.values),
            "order_by_cols": [json.dumps([column, True]) for column in _order(chart)],
            "server_pagination": False,
        }
    return {
        "x_axis": chart.x,
        "x_axis_sort_asc": True,
        "groupby": [chart.series] if chart.series else [],
        "metrics": [_metric(column) for column in chart.values],
        "show_legend": True,
        "rich_tooltip": True,
        "x_axis_title": chart.x,
        "x_axis_title_margin": 30,
        "truncateXAxis": False,
    }


def _order(chart: Chart) -> tuple[str, ...]:
    """Return the columns that a table is ordered by: those before its first count."""
    names = chart.values
    return names[: next(place for place, name in enumerate(names) if name.startswith("n_"))]


def _asked(chart: Chart, params: dict[str, Any]) -> dict[str, Any]:
    """Return what Superset asks the database for a chart, so that its API answers before anybody opened the chart."""
    by = [name for name in (chart.x, chart.series) if name]
    query: dict[str, Any] = {"filters": [], "row_limit": ROW_LIMIT, "extras": {}}
    if chart.kind == TABLE:
        query |= {"columns": list(chart.values), "orderby": [[column, True] for column in _order(chart)]}
    else:
        query |= {"columns": by, "metrics": params["metrics"], "orderby": [[column, True] for column in by]}
    return {
        "datasource": {"id": 0, "type": "table"},  # Superset puts the dataset's id here
        "force": False,
        "queries": [query],
        "form_data": params,
        "result_format": "json",
        "result_type": "full",
    }


def _dashboard(warehouse: Path) -> dict[str, Any]:
    drawn = [(_uuid(warehouse, "chart", chart.title), chart.title) for chart in CHARTS]
    return {
        "dashboard_title": DASHBOARD,
        "slug": None,
        "uuid": _uuid(warehouse, "dashboard"),
        "position": one_below_the_other(DASHBOARD, NOTES, drawn),
        "metadata": {"color_scheme": "", "cross_filters_enabled": False},
        "version": VERSION,
    }

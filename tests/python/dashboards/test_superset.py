"""The dashboard's ZIP, read apart from what wrote it: ids that lead on, queries that run, columns that are there.

`make superset` imports it into a real Superset.
"""

from __future__ import annotations

import json
import re
import shutil
import stat
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import duckdb
import pytest
import yaml
from typer.testing import CliRunner

from cartox.cli import app
from cartox.dashboards import write_superset
from cartox.errors import UserError
from cartox.warehouse.opening import reading_results
from tests.python.dashboards.answers import asked_on, queries_of_the_page

Parts = dict[str, dict[str, Any]]


def read_parts(file: Path) -> Parts:
    with ZipFile(file) as bundle:
        assert bundle.testzip() is None
        return {
            name.partition("/")[2]: yaml.safe_load(bundle.read(name).decode("utf-8"))
            for name in bundle.namelist()
        }


def of_kind(parts: Parts, folder: str) -> list[dict[str, Any]]:
    return [part for name, part in parts.items() if name.startswith(f"{folder}/")]


@pytest.fixture(scope="module")
def bundle(study_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("superset") / "dashboard.zip"
    file.touch(mode=0o644)
    told = CliRunner().invoke(app, ["export", "--warehouse", str(study_file), "--superset", str(file)])
    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines() == [
        f"Superset: 6 charts in {file}",
        "What a BI tool shows by them are small counts, which stay inside; they hold queries and the file's path.",
    ]
    return file


@pytest.fixture(scope="module")
def parts(bundle: Path) -> Parts:
    return read_parts(bundle)


def test_the_file_is_for_its_owner_alone_and_nothing_lies_beside_it(bundle: Path) -> None:
    assert stat.S_IMODE(bundle.stat().st_mode) == 0o600
    assert list(bundle.parent.iterdir()) == [bundle]


def test_the_tree_is_that_of_an_export(parts: Parts) -> None:
    assert parts.pop("metadata.yaml") == {"version": "1.0.0", "type": "Dashboard"}
    folders = [name.partition("/")[0] for name in parts]
    assert {folder: folders.count(folder) for folder in folders} == {
        "databases": 1, "datasets": 5, "charts": 6, "dashboards": 1,
    }  # fmt: skip
    assert all(part["version"] == "1.0.0" for part in parts.values())


def test_ids_are_unique_and_lead_to_what_is_there(parts: Parts) -> None:
    (database,), (dashboard,) = of_kind(parts, "databases"), of_kind(parts, "dashboards")
    datasets, charts = of_kind(parts, "datasets"), of_kind(parts, "charts")
    ids = [UUID(part["uuid"]) for part in (database, dashboard, *datasets, *charts)]
    assert len(set(ids)) == len(ids) == 13
    assert {part["database_uuid"] for part in datasets} == {database["uuid"]}
    assert {part["dataset_uuid"] for part in charts} == {part["uuid"] for part in datasets}
    position = dashboard["position"]
    placed = [
        part["meta"] for part in position.values() if isinstance(part, dict) and part["type"] == "CHART"
    ]
    assert {(meta["uuid"], meta["sliceName"]) for meta in placed} == {
        (part["uuid"], part["slice_name"]) for part in charts
    }
    reached, waiting = set(), ["ROOT_ID"]
    while waiting:
        reached.add(waiting.pop())
        waiting += [
            child
            for name in [*reached]
            for child in position[name].get("children", ())
            if child not in reached
        ]
    assert reached == position.keys() - {"DASHBOARD_VERSION_KEY", "HEADER_ID"}


def test_the_database_is_the_published_file_opened_to_read_alone(
    parts: Parts, study_file: Path, tmp_path: Path
) -> None:
    (database,) = of_kind(parts, "databases")
    assert database["sqlalchemy_uri"] == f"duckdb:////{str(study_file.absolute())[1:]}"
    assert not any(database[right] for right in ("allow_dml", "allow_ctas", "allow_cvas", "allow_csv_upload"))
    given = database["extra"]["engine_params"]["connect_args"]
    copy = shutil.copy(study_file, tmp_path)  # another test may have the file itself open in another way
    with duckdb.connect(str(copy), **given) as connection:
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("delete from marts.cohort")
        with pytest.raises(duckdb.Error, match="disabled"):
            connection.execute(f"select * from read_text('{__file__}')")


def test_the_queries_are_those_of_the_page(parts: Parts) -> None:
    assert [part["sql"] for part in of_kind(parts, "datasets")] == queries_of_the_page()


def test_every_query_runs_and_has_the_columns_that_are_declared(parts: Parts, study_file: Path) -> None:
    for dataset in of_kind(parts, "datasets"):
        columns, rows = asked_on(study_file, dataset["sql"])
        assert [column["column_name"] for column in dataset["columns"]] == columns
        assert rows


def test_charts_name_columns_of_their_answer_and_a_row_for_each_mark(parts: Parts, study_file: Path) -> None:
    datasets = {part["uuid"]: part for part in of_kind(parts, "datasets")}
    for chart in of_kind(parts, "charts"):
        columns, rows = asked_on(study_file, datasets[chart["dataset_uuid"]]["sql"])
        params = chart["params"]
        assert params["viz_type"] == chart["viz_type"]
        if chart["viz_type"] == "table":
            assert params["query_mode"] == "raw"
            named = [*params["all_columns"], *(json.loads(order)[0] for order in params["order_by_cols"])]
        else:
            by = [params["x_axis"], *params["groupby"]]
            measured = [re.fullmatch(r"max\((\w+)\)", one["sqlExpression"]) for one in params["metrics"]]
            assert [one and one[1] for one in measured] == [one["label"] for one in params["metrics"]]
            named = [*by, *(one["label"] for one in params["metrics"])]
            marks = [tuple(row[columns.index(name)] for name in by) for row in rows]
            assert len(set(marks)) == len(marks), "the largest of several rows would be shown"
        assert set(named) <= set(columns)
        assert len(rows) < params["row_limit"]


def test_what_the_interface_asks_is_what_the_chart_shows(parts: Parts) -> None:
    for chart in of_kind(parts, "charts"):
        asked = json.loads(chart["query_context"])
        (query,), params = asked["queries"], chart["params"]
        assert asked["form_data"] == params
        if chart["viz_type"] == "table":
            assert query["columns"] == params["all_columns"]
        else:
            assert query["columns"] == [params["x_axis"], *params["groupby"]]
            assert query["metrics"] == params["metrics"]


def test_the_file_holds_no_answer(parts: Parts, study_file: Path) -> None:
    written = yaml.safe_dump(parts)
    _, rows = asked_on(study_file, "select distinct product from marts.treated_patients")
    assert rows
    assert not [name for (name,) in rows if name in written]


def test_an_export_again_is_the_same_and_that_of_another_file_has_other_ids(
    bundle: Path, study_file: Path, tmp_path: Path
) -> None:
    with reading_results(study_file) as connection:
        write_superset(connection, study_file, tmp_path / "again.zip")
        write_superset(connection, tmp_path / "other.duckdb", tmp_path / "other.zip")
        with pytest.raises(UserError, match="question mark"):
            write_superset(connection, tmp_path / "why?.duckdb", tmp_path / "why.zip")
    assert (tmp_path / "again.zip").read_bytes() == bundle.read_bytes()
    ids = [
        {part["uuid"] for part in read_parts(file).values() if "uuid" in part}
        for file in (bundle, tmp_path / "other.zip")
    ]
    assert not ids[0] & ids[1]
    assert not (tmp_path / "why.zip").exists()


def test_a_file_without_the_tables_is_told_in_one_line(tmp_path: Path) -> None:
    with duckdb.connect() as connection, pytest.raises(UserError, match="has not the tables"):
        write_superset(connection, tmp_path / "old.duckdb", tmp_path / "old.zip")
    assert list(tmp_path.iterdir()) == []

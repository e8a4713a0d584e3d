"""What a BI tool sees of the published file when it looks through SQLAlchemy, as Superset does."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
import yaml

from tests.spec.compiled_project import PROJECT

SCHEMAS = ("marts", "results")

pytestmark = pytest.mark.xdist_group("whole run")


@pytest.fixture(scope="module", params=["duckdb", "duckdb+readonly"])
def inspector(folder: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Any:
    file = tmp_path_factory.mktemp("bi") / "cartox.duckdb"
    shutil.copy(folder / "warehouse" / "cartox.duckdb", file)
    given = {"connect_args": {"read_only": True}} if request.param == "duckdb" else {}
    engine = sqlalchemy.create_engine(f"{request.param}:///{file}", **given)
    yield sqlalchemy.inspect(engine)
    engine.dispose()


def _own(names: list[str]) -> set[str]:
    """Schema names without the database's, which the dialect puts before them."""
    return {name.rpartition(".")[2].strip('"') for name in names}


def test_schemas_tables_and_comments_are_reflected(inspector: Any) -> None:
    assert {"marts", "results", "seeds"} <= _own(inspector.get_schema_names())
    described = {
        schema: {
            table: inspector.get_table_comment(table, schema)["text"]
            for table in inspector.get_table_names(schema)
        }
        for schema in SCHEMAS
    }
    assert {"cohort", "steroid_exposure", "lab_daily_grid", "era_mortality"} <= set(described["marts"])
    assert {"comparisons", "descriptives", "run_manifest"} <= set(described["results"])
    for tables in described.values():
        assert all(text and text.startswith("One row per ") for text in tables.values())


def test_columns_are_reflected_with_type_and_comment(inspector: Any) -> None:
    columns = {column["name"]: column for column in inspector.get_columns("steroid_exposure", "marts")}
    documented = yaml.safe_load(
        (PROJECT / "models/marts/exposure/steroid_exposure.yml").read_text(encoding="utf-8")
    )
    wanted = {column["name"]: column["description"] for column in documented["models"][0]["columns"]}
    assert {name: column["comment"] for name, column in columns.items()} == wanted
    assert isinstance(columns["dexamethasone_equivalent_mg"]["type"], sqlalchemy.types.Float)
    assert isinstance(columns["is_lower_bound"]["type"], sqlalchemy.types.Boolean)


def test_a_reflected_table_can_be_asked(inspector: Any) -> None:
    cohort = sqlalchemy.Table("cohort", sqlalchemy.MetaData(), schema="marts", autoload_with=inspector.bind)
    query = sqlalchemy.select(cohort.c.study_group, sqlalchemy.func.count()).group_by(cohort.c.study_group)
    plain = sqlalchemy.text("select study_group, count(*) from marts.cohort group by study_group")
    with inspector.bind.connect() as connection:
        found = {tuple(row) for row in connection.execute(query)}
        assert found == {tuple(row) for row in connection.execute(plain)}
    assert {group for group, _ in found} == {"responder", "non_responder"}


def test_nothing_can_be_written(inspector: Any) -> None:
    with (
        inspector.bind.connect() as connection,
        pytest.raises(sqlalchemy.exc.SQLAlchemyError, match="read-only"),
    ):
        connection.execute(sqlalchemy.text("delete from marts.cohort"))

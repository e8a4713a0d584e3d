"""What a person without cartox's code uses: the dialect by its URL, in SQLAlchemy and in a project of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.python.checks.conftest import SUITES
from tests.python.checks.corruptions import CORRUPTIONS

ENGINE = """
import sqlalchemy
engine = sqlalchemy.create_engine("{url}")
with engine.connect() as connection:
    print("cohort" in sqlalchemy.inspect(connection).get_table_names(schema="marts"))
    print(len(connection.execute(sqlalchemy.text("select * from marts.cohort")).fetchall()))
    try:
        connection.execute(sqlalchemy.text("drop table marts.cohort"))
    except sqlalchemy.exc.DatabaseError as error:
        print("read-only" in str(error))
"""
PROJECT = """
import os, great_expectations as gx
context = gx.get_context(mode="file", project_root_dir="{folder}")
source = context.data_sources.add_sql("warehouse", connection_string="{url}")
batch = source.add_table_asset("cohort", table_name="cohort", schema_name="marts").add_batch_definition_whole_table("all")
suite = context.suites.add(gx.ExpectationSuite("mine", expectations=[
    gx.expectations.ExpectColumnValuesToNotBeNull(column="patient_id"),
    gx.expectations.ExpectColumnValuesToBeBetween(column="age_years", min_value=18, max_value=60),
]))
found = batch.get_batch().validate(suite)
for result in found.results:
    print(result.success, result.result.get("element_count"), result.result.get("unexpected_count"), flush=True)
os._exit(0)
"""
EXTENDED = """
import os
os.environ["CARTOX_WAREHOUSE_URL"] = "{url}"
import great_expectations as gx
context = gx.get_context(mode="file", context_root_dir="{folder}")
print(len(context.checkpoints.get("warehouse").validation_definitions), flush=True)
definition = context.validation_definitions.get("marts.cohort")
print(definition.run().success, flush=True)
definition.suite.add_expectation(gx.expectations.ExpectColumnValuesToBeInSet(column="sex", value_set=["male"]))
definition.suite.save()
context = gx.get_context(mode="file", context_root_dir="{folder}")
print(context.validation_definitions.get("marts.cohort").run().success, flush=True)
os._exit(0)
"""


def lines_of(script: str, folder: Path) -> list[str]:
    environment = {name: value for name, value in os.environ.items() if name != "CARTOX_WAREHOUSE_URL"}
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_a_plain_engine_reads_and_cannot_write(intact: Path, tmp_path: Path) -> None:
    script = ENGINE.format(url=f"duckdb+readonly:///{intact}")
    assert lines_of(script, tmp_path) == ["True", "8", "True"]


def test_a_project_of_a_users_own_checks_the_file(intact: Path, tmp_path: Path) -> None:
    script = PROJECT.format(url=f"duckdb+readonly:///{intact}", folder=tmp_path)
    assert lines_of(script, tmp_path)[-2:] == ["True 8 0", "False 8 4"]


def test_the_projects_own_suites_open_and_grow_in_great_expectations(intact: Path, tmp_path: Path) -> None:
    shutil.copytree(SUITES, tmp_path / "project")
    script = EXTENDED.format(url=f"duckdb+readonly:///{intact}", folder=tmp_path / "project")
    assert lines_of(script, tmp_path)[-3:] == [str(len(CORRUPTIONS)), "True", "False"]

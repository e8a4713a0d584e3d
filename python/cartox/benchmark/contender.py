"""One piece of work, done once in a process of its own: python -m cartox.benchmark.contender NAME LANDING GIVEN DATABASE."""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import duckdb

from cartox.benchmark.laboratory import build_laboratory
from cartox.benchmark.peers import DELIVERABLES, write_given
from cartox.progress import SilentProgress
from cartox.project import find_project
from cartox.warehouse.dbt_build import build_with_dbt
from cartox.warehouse.execution import quoted
from cartox.warehouse.kept_plans import FOLDER
from cartox.warehouse.model_build import build_models

LAB_FILE = "extract/lab_results.parquet"
GROUPED = """
select patient_id, code, test_name, left(collected_at, 10) as collected_on, count(*) as n, max(result) as result
from labs
group by all
"""


def build_by_dbt(landing: Path, _: Path, database: Path) -> None:
    """Build and test every model with dbt itself."""
    build_with_dbt(find_project(), landing, database, {}, SilentProgress(), database.with_suffix(".tsv"))


def build_compiled(landing: Path, _: Path, database: Path) -> None:
    """Run what dbt compiled, in one connection: as `cartox run` builds."""
    plans = landing.parent / FOLDER
    build_models(find_project(), landing, database, {}, SilentProgress(), plans=plans, keeps_way=False)


def read_labs(landing: Path, _: Path, database: Path) -> None:
    """Read every cell of the results of the laboratory, and nothing more."""
    _with_labs(landing, database, "select count(columns(*)), sum(hash(columns(*)) % 2) from labs")


def group_labs(landing: Path, _: Path, database: Path) -> None:
    """Count the raw results by patient, test and day: one group-by of texts, kept as a table."""
    _with_labs(landing, database, GROUPED)


def _with_labs(landing: Path, database: Path, query: str) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"create view labs as from read_parquet({quoted(str(landing / LAB_FILE))})")
        connection.execute(f"create table made as {query}")


def build_lab_marts(landing: Path, _: Path, database: Path) -> None:
    """Build the marts that peers write, and all that those stand on, without tests."""
    plans = landing.parent / FOLDER
    build_models(find_project(), landing, database, {}, SilentProgress(), list(DELIVERABLES), plans)


def build_given(landing: Path, given: Path, database: Path) -> None:
    """Build what peers are held against and what they are given of it; no contender itself."""
    given_models = [*DELIVERABLES, "treated_patients"]
    build_models(
        find_project(), landing, database, {}, SilentProgress(), given_models, landing.parent / FOLDER
    )
    write_given(database, given)


def _peer(module: str, function: str) -> Callable[[Path, Path, Path], None]:
    def write(landing: Path, given: Path, database: Path) -> None:
        getattr(import_module(f"cartox.benchmark.peers.{module}"), function)(landing, given, database)

    return write


PEERS = {"lab path by SQL script": "duckdb", "lab path by Polars": "polars", "lab path by pandas": "pandas"}
"""Who writes the laboratory's deliverables by hand, and the package that it needs."""

ARE_GIVEN = ("lab path by the models", *PEERS)
"""Who begins at the laboratory, given the patients."""

GIVEN = "what peers are given"

CONTENDERS: dict[str, Callable[[Path, Path, Path], None]] = {
    "dbt build": build_by_dbt,
    "the same SQL without dbt": build_compiled,
    "lab path and all beneath": build_lab_marts,
    "lab path by the models": build_laboratory,
    "lab path by SQL script": _peer("sql_script", "write_by_sql"),
    "lab path by Polars": _peer("by_polars", "write_by_polars"),
    "lab path by pandas": _peer("by_pandas", "write_by_pandas"),
    "floor: read the lab file": read_labs,
    "floor: group the lab file": group_labs,
}

if __name__ == "__main__":
    {**CONTENDERS, GIVEN: build_given}[sys.argv[1]](*map(Path, sys.argv[2:5]))

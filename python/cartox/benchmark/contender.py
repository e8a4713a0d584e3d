"""One piece of work, done once in a process of its own: python -m cartox.benchmark.contender NAME LANDING DATABASE."""

import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

from cartox.progress import SilentProgress
from cartox.project import find_project
from cartox.warehouse.dbt_build import build_with_dbt
from cartox.warehouse.kept_plans import FOLDER
from cartox.warehouse.model_build import build_models

LAB_FILE = "extract/lab_results.parquet"
GROUPED = """
select patient_id, code, test_name, left(collected_at, 10) as collected_on, count(*) as n, max(result) as result
from labs
group by all
"""


def build_by_dbt(landing: Path, database: Path) -> None:
    """Build and test every model with dbt itself."""
    build_with_dbt(find_project(), landing, database, {}, SilentProgress(), database.with_suffix(".tsv"))


def build_compiled(landing: Path, database: Path) -> None:
    """Run what dbt compiled, in one connection: as `cartox run` builds."""
    build_models(find_project(), landing, database, {}, SilentProgress(), plans=landing.parent / FOLDER)


def read_labs(landing: Path, database: Path) -> None:
    """Read every cell of the results of the laboratory, and nothing more."""
    _with_labs(landing, database, "select count(columns(*)), sum(hash(columns(*)) % 2) from labs")


def group_labs(landing: Path, database: Path) -> None:
    """Count the raw results by patient, test and day: one group-by of texts, kept as a table."""
    _with_labs(landing, database, GROUPED)


def _with_labs(landing: Path, database: Path, query: str) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create view labs as from read_parquet('" + str(landing / LAB_FILE).replace("'", "''") + "')"
        )
        connection.execute(f"create table made as {query}")


CONTENDERS: dict[str, Callable[[Path, Path], None]] = {
    "dbt build": build_by_dbt,
    "the same SQL without dbt": build_compiled,
    "floor: read the lab file": read_labs,
    "floor: group the lab file": group_labs,
}

if __name__ == "__main__":
    CONTENDERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))

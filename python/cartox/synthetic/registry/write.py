"""Draw the tables of a registry and write them, one file each."""

from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from cartox.intake.contract import ENTITIES
from cartox.owner import make_folder, owner_only
from cartox.progress import Progress, SilentProgress
from cartox.synthetic.dice import SEED
from cartox.synthetic.registry.words import analytes, lists
from cartox.synthetic_mark import mark_as_synthetic

MEMORY = "2GB"
"""The most that drawing may hold at once, whatever the number of patients."""

_UNITS = "struct(name varchar, factor double, decimals integer)[]"
_ANALYTES = (
    "create table analytes (analyte varchar, loinc varchar, local_code varchar, names varchar[], specimens varchar[],"
    f" units {_UNITS}, reference_high double, lowest double, lower_limit double, upper_limit double, middle double,"
    " spread double, rise double, in_course boolean)"
)


@owner_only()
def write_registry(
    directory: Path,
    n_patients: int,
    progress: Progress | None = None,
    *,
    parquet: bool = True,
    seed: int = SEED,
) -> None:
    """Write an extract of so many distinct synthetic people, of the shape and the mess of the built-in study.

    Every number is drawn by a hash of the seed, the person and what is drawn: the same call writes the same bytes, and a
    person is the same whatever the number of people. Files of the same names are replaced.

    Args:
        directory: folder of the extract; made where it is missing.
        n_patients: how many people; a patient of the treated population is about nine in ten of them.
        progress: told what is being written; None: nobody is.
        parquet: write Parquet files, else CSV.
        seed: another seed gives other people.

    """
    teller = progress or SilentProgress()
    teller.step(f"Drawing {n_patients:,} patients")
    make_folder(directory)
    mark_as_synthetic(directory)
    with TemporaryDirectory(prefix="cartox-synth-") as scratch, duckdb.connect() as connection:
        _prepare(connection, n_patients, seed, scratch)
        for number, name in enumerate(ENTITIES):
            teller.advance(name, number, len(ENTITIES))
            _write(connection, directory, name, "parquet" if parquet else "csv")


def _prepare(connection: duckdb.DuckDBPyConnection, n_patients: int, seed: int, scratch: str) -> None:
    connection.execute(f"set memory_limit = '{MEMORY}'")
    connection.execute("set temp_directory = ?", [scratch])
    connection.execute("set threads = 1")  # several write the parts of a union in whatever order they come
    variables = {"n_patients": n_patients, "seed": seed, **lists()}
    for name, value in variables.items():
        connection.execute(f"set variable {name} = ?", [value])
    connection.execute(_sql("chances"))
    connection.execute(_ANALYTES)
    rows = analytes()
    places = ", ".join("?" * len(rows[0]))
    connection.executemany(f"insert into analytes values ({places})", rows)  # noqa: S608 - question marks alone
    for table in ("writings", "counted_analytes", "people"):
        connection.execute(_sql(table))


def _write(connection: duckdb.DuckDBPyConnection, directory: Path, name: str, suffix: str) -> None:
    columns = ", ".join(f"coalesce({column}, '') as {column}" for column in ENTITIES[name].column_names)
    written = directory / f".{name}.{suffix}.writing"
    kind = "format parquet, compression zstd" if suffix == "parquet" else "format csv, header true"
    path = str(written).replace("'", "''")
    connection.execute(f"copy (select {columns} from ({_sql(name)})) to '{path}' ({kind})")  # noqa: S608 - our own SQL
    for other in ("csv", "parquet"):
        (directory / f"{name}.{other}").unlink(missing_ok=True)
    written.rename(directory / f"{name}.{suffix}")


def _sql(name: str) -> str:
    return resources.files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")

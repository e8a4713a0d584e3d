"""Find the tables of the OMOP common data model in a folder of files or in a DuckDB database."""

from pathlib import Path

from cartox.errors import UserError
from cartox.intake.contract import TABLES
from cartox.intake.duckdb_reader import open_database
from cartox.intake.folder import list_folder, the_one
from cartox.intake.records import SourceFile
from cartox.locked_database import CATALOG

_HEADER_BYTES = 65_536


def find_tables(omop: Path) -> tuple[list[SourceFile], list[str]]:
    """Return the tables that a site has, in the contract's order, and a note for each that it lacks.

    Names are matched case-insensitively, in a database in whatever schema. Raises UserError where nothing can
    be read, where no table of the model is found, and where a table is found twice.
    """
    found = _in_database(omop) if omop.is_file() else _in_folder(omop)
    if not found:
        raise UserError(f"{omop}: no table of the OMOP common data model was found ({', '.join(TABLES)})")
    tables = [found[name] for name in TABLES if name in found]
    missing = [name for name in TABLES if name not in found]
    return tables, [f"OMOP table {name} is missing: {TABLES[name].without}" for name in missing]


def _in_folder(omop: Path) -> dict[str, SourceFile]:
    found: dict[str, list[SourceFile]] = {}
    for path in list_folder(omop):
        stem, _, suffix = path.name.lower().rpartition(".")
        if stem in TABLES and suffix in ("csv", "parquet"):
            found.setdefault(stem, []).append(SourceFile(TABLES[stem], path, suffix, origin="omop"))
    files = {name: the_one(TABLES[name], files, omop, ()) for name, files in found.items()}
    return {name: _with_dialect(file) for name, file in files.items()}


def _with_dialect(source: SourceFile) -> SourceFile:
    """Say whether commas or tabs separate the cells; vocabulary downloads have tabs, and quotes that are text."""
    if source.file_format != "csv":
        return source
    try:
        with source.path.open("rb") as stream:
            header = stream.readline(_HEADER_BYTES)
    except OSError as error:
        raise UserError(f"{source.name}: cannot be read ({error.strerror})") from error
    if header.count(b"\t") <= header.count(b","):
        return source
    return SourceFile(source.entity, source.path, "csv", origin="omop", separator="\t", quotes=b'"' in header)


def _in_database(omop: Path) -> dict[str, SourceFile]:
    with open_database(omop) as connection:
        rows = connection.execute(
            "select table_schema, table_name from information_schema.tables "
            "where table_catalog = $1 order by all",
            [CATALOG],
        ).fetchall()
    found: dict[str, SourceFile] = {}
    for schema, table in rows:
        name = table.lower()
        if name not in TABLES:
            continue
        source = SourceFile(TABLES[name], omop, "duckdb", origin="omop", table=(schema, table))
        if name in found:
            raise UserError(
                f"{found[name].name} and {schema}.{table} both hold {name}; one table of each kind is expected"
            )
        found[name] = source
    return found

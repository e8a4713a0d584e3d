"""Runs the suites of the great-expectations project over a file, in this process.

Importing great-expectations takes seconds; import this module only where checks run.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import great_expectations as gx
import sqlalchemy
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context import FileDataContext
from great_expectations.expectations.expectation import Expectation

from cartox.checks import dialect
from cartox.checks.record import Record, has_raised
from cartox.checks.report import (
    ERROR,
    FAILED,
    NOT_APPLICABLE,
    PASSED,
    UNREADABLE,
    CheckReport,
    CheckRow,
)
from cartox.owner import copy_folder
from cartox.progress import Progress, SilentProgress

URL_VARIABLE = "CARTOX_WAREHOUSE_URL"
RESULT_FORMAT = "BASIC"


def run_suites(
    warehouse_file: Path, project: Path, docs: Path | None = None, progress: Progress | None = None
) -> CheckReport:
    """Check every table that has a suite, in the database, and write Data Docs into the new folder `docs`.

    The file is opened read-only. `project` is the folder of a great-expectations project; it is copied, so
    that nothing is written into it. `progress` is told of every suite.
    """
    progress = progress or SilentProgress()
    with open_context(warehouse_file, project) as context:
        record = Record(context) if docs else None
        tables = definitions(context)
        rows = []
        progress.advance("", 0, len(tables))
        for number, definition in enumerate(tables, start=1):
            rows += _check(definition, record)
            progress.advance(definition.name, number, len(tables))
        if record and docs:
            record.write_docs(docs)
        return CheckReport(rows)


@contextmanager
def open_context(warehouse_file: Path, project: Path) -> Iterator[FileDataContext]:
    """Open a copy of the project as a context whose data source is the given file."""
    dialect.register()
    url_before = os.environ.get(URL_VARIABLE)
    os.environ[URL_VARIABLE] = dialect.url(warehouse_file)
    try:
        with tempfile.TemporaryDirectory(prefix="cartox-checks-") as folder:
            copy = Path(folder) / "great_expectations"
            copy_folder(project, copy, left_out="uncommitted")
            context = gx.get_context(mode="file", context_root_dir=copy)
            yield context
            context.data_sources.get("warehouse").get_execution_engine().close()
    finally:
        if url_before is None:
            del os.environ[URL_VARIABLE]
        else:
            os.environ[URL_VARIABLE] = url_before


def check_one(definition: gx.ValidationDefinition, expectation: str) -> CheckRow:
    """Check one expectation of a suite, by its name. Raises StopIteration where there is none."""
    wanted = next(one for one in definition.suite.expectations if _name(one) == expectation)
    found = definition.batch_definition.get_batch().validate(wanted, result_format=RESULT_FORMAT)
    return _row(definition, wanted, *_judge(found, wanted, definition))


def definitions(context: FileDataContext) -> list[gx.ValidationDefinition]:
    """Return which suite is run over which table, by name. They are read from files anew each time."""
    return sorted(context.validation_definitions.all(), key=lambda definition: definition.name)


def _check(definition: gx.ValidationDefinition, record: Record | None) -> list[CheckRow]:
    """Validate one suite; a table that cannot be read makes every one of its expectations an error.

    On an empty table nothing passes, but what must be there by another table can still fail.
    """
    expectations = definition.suite.expectations
    try:
        is_empty = _count(definition) == 0
        found = definition.batch_definition.get_batch().validate(
            definition.suite, result_format=RESULT_FORMAT
        )
    except Exception:
        if record:
            record.keep_unreadable(definition.suite)
        return [_row(definition, one, ERROR, UNREADABLE) for one in expectations]
    results = {result.expectation_config.id: result for result in found.results}
    rows = [_row(definition, one, *_judge(results[one.id], one, definition)) for one in expectations]
    if is_empty:
        rows = [_of_nothing(row) for row in rows]
    if record:
        judged = zip(expectations, rows, strict=True)
        remarks = {one.id: row.detail for one, row in judged if row.status == NOT_APPLICABLE}
        record.keep(definition.name, found, remarks)
    return rows


def _of_nothing(row: CheckRow) -> CheckRow:
    return replace(row, status=NOT_APPLICABLE, detail="no rows to check") if row.status == PASSED else row


def _row(definition: gx.ValidationDefinition, expectation: Expectation, status: str, detail: str) -> CheckRow:
    return CheckRow(definition.name, _name(expectation), status, detail)


def _name(expectation: Expectation) -> str:
    return str((expectation.meta or {}).get("name") or expectation.id)


def _count(definition: gx.ValidationDefinition, column: str | None = None) -> int:
    """Count the rows of a table, or those that have a value in a column."""
    asset: Any = definition.asset
    engine = definition.data_source.get_execution_engine().engine
    table = sqlalchemy.table(asset.table_name, schema=asset.schema_name)
    counted = sqlalchemy.func.count(*([sqlalchemy.column(column)] if column else []))
    with engine.connect() as connection:
        return int(connection.execute(sqlalchemy.select(counted).select_from(table)).scalar_one())


def _judge(
    found: ExpectationValidationResult, expectation: Expectation, definition: gx.ValidationDefinition
) -> tuple[str, str]:
    if has_raised(found):
        return ERROR, "the check could not be computed"
    result: dict[str, Any] = found.result or {}
    if found.success and _has_nothing_to_check(result, expectation, definition):
        return NOT_APPLICABLE, "no values to check"
    if found.success:
        return PASSED, expectation.description or ""
    n_wrong = result.get("unexpected_count", result.get("observed_value"))
    return FAILED, f"{expectation.description} Rows that break this: {n_wrong}."


def _has_nothing_to_check(
    result: dict[str, Any], expectation: Expectation, definition: gx.ValidationDefinition
) -> bool:
    """Whether every value is missing; a query says in its meta, as `column`, which values it is about."""
    n_values, n_missing = result.get("element_count"), result.get("missing_count")
    column = (expectation.meta or {}).get("column")
    if n_values is not None:
        return bool(n_values == n_missing)
    return column is not None and _count(definition, column) == 0

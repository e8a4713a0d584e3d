"""Build the steps of a plan in one connection: seeds, models and tests in dbt's order, and what a failure stops."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import perf_counter

import duckdb

from cartox.interruption import raise_if_interrupted
from cartox.transaction import at_once
from cartox.warehouse.build_outcomes import ERROR, FAILED, PASSED, SKIPPED, SUCCESS, Outcome
from cartox.warehouse.build_plan import LANDING, SEED, TEST, Step
from cartox.warehouse.way import WAY, Way

CONTRACT = "its columns are not those that its YAML describes"


def execute(
    connection: duckdb.DuckDBPyConnection,
    steps: Sequence[Step],
    project: Path,
    landing: Path,
    tell: Callable[[str, int], None],
    way: Way | None = None,
) -> list[Outcome]:
    """Build the steps, each after what it reads, and return what became of them.

    With a way, tables of its schemas are built on it and are gone in the end.

    A model whose test failed, or which failed itself, holds up all that stands on it, as it does in `dbt build`. `tell` is
    given the name of each step that was built and how many were.
    """
    for schema in {step.schema for step in steps if step.kind != TEST}.difference(WAY if way else ()):
        connection.execute(f'create schema if not exists "{schema}"')
    stopped = _Stopped()
    outcomes: dict[str, Outcome] = {}
    for step in _tests_early(steps):
        held = stopped.holds_up(step)
        outcome = (
            Outcome(SKIPPED, step.kind, step.name) if held else _built(connection, step, project, landing)
        )
        outcomes[step.key] = outcome
        stopped.add(step, outcome.status)
        if way:
            way.pass_by(step)
        tell(step.name, len(outcomes))
    return [outcomes[step.key] for step in steps]


def _tests_early(steps: Sequence[Step]) -> Iterable[Step]:
    """Yield each test as soon as all that it reads is built, and not only after the last model."""
    waiting = [step for step in steps if step.kind == TEST]
    done: set[str] = set()
    for step in (step for step in steps if step.kind != TEST):
        yield step
        done.add(step.key)
        ready = [test for test in waiting if done.issuperset(test.parents)]
        waiting = [test for test in waiting if test not in ready]
        yield from ready


class _Stopped:
    """What failed or was skipped, and which steps stand on it."""

    def __init__(self) -> None:
        self._ancestors: dict[str, set[str]] = {}
        self._broken: set[str] = set()
        self._tests: list[set[str]] = []

    def holds_up(self, step: Step) -> bool:
        above = {name for parent in step.parents for name in (parent, *self._ancestors[parent])}
        self._ancestors[step.key] = above
        if self._broken & above:
            return True
        return step.kind != TEST and any(read and read <= above for read in self._tests)

    def add(self, step: Step, status: str) -> None:
        if status in (PASSED, SUCCESS):
            return
        if step.kind == TEST:
            self._tests.append(set(step.parents))
        else:
            self._broken.add(step.key)


def _built(connection: duckdb.DuckDBPyConnection, step: Step, project: Path, landing: Path) -> Outcome:
    started = perf_counter()
    n_rows = 0
    status, message = SUCCESS, ""
    try:
        if step.kind == TEST:
            n_rows = _count(connection, _reading(step.sql, landing))
            status = FAILED if n_rows else PASSED
        elif step.kind == SEED:
            _load(connection, step, project)
        else:
            _create(connection, step, _reading(step.sql, landing))
        _describe(connection, step)
    except (duckdb.Error, RuntimeError, ContractError) as error:  # an interrupted query is a RuntimeError
        status, message = ERROR, str(error)
    raise_if_interrupted()
    return Outcome(status, step.kind, step.name, n_rows, message, perf_counter() - started)


class ContractError(Exception):
    """The columns of a model are not those of its contract."""


def _count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    counted = connection.execute(f"select count(*) from ({sql}\n) as failures")  # noqa: S608 - dbt compiled it
    return int(counted.fetchall()[0][0])


def _load(connection: duckdb.DuckDBPyConnection, step: Step, project: Path) -> None:
    file = quoted(for_pattern(str(project / step.sql)))
    with at_once(connection):
        connection.execute(f"create table {_table(step)} ({_columns(step)})")
        connection.execute(f"copy {_table(step)} from {file} (format csv, header true)")


def _create(connection: duckdb.DuckDBPyConnection, step: Step, sql: str) -> None:
    if not step.columns:
        connection.execute(f"create table {_table(step)} as (\n{sql}\n)")
        return
    connection.execute(f"create table {_table(step)} ({_columns(step)})")
    made = connection.execute(f"describe (\n{sql}\n)").fetchall()
    meant = connection.execute(f"describe {_table(step)}").fetchall()
    if sorted((row[0].lower(), row[1]) for row in made) != sorted((row[0].lower(), row[1]) for row in meant):
        raise ContractError(CONTRACT)
    names = ", ".join(step.columns)
    rows = f"select {names} from (\n{sql}\n) as model_rows"  # noqa: S608 - dbt compiled it
    connection.execute(f"insert into {_table(step)} ({names}) {rows}")


def _columns(step: Step) -> str:
    columns = [f"{name} {kind}{' not null' * (name in step.required)}" for name, kind in step.columns.items()]
    return ", ".join([*columns, *step.constraints])


def _describe(connection: duckdb.DuckDBPyConnection, step: Step) -> None:
    table = _table(step)
    comments = [
        f"comment on {f'column {table}.{name}' if name else f'table {table}'} is {quoted(text)}"
        for name, text in step.comments.items()
    ]
    if comments:
        with at_once(connection):
            connection.execute("; ".join(comments))


def _table(step: Step) -> str:
    return f'"{step.schema}"."{step.name}"'


def _reading(sql: str, landing: Path) -> str:
    return sql.replace(LANDING, for_pattern(str(landing)).replace("'", "''"))


def quoted(text: str) -> str:
    """Write a text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def for_pattern(path: str) -> str:
    """Write a path so that the signs of a pattern of file names stand for themselves."""
    return path.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")

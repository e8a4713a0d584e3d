"""Build and test every model with dbt, in this process, without dbt's own output."""

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cartox.progress import Progress
from cartox.warehouse.dbt_invocation import DATABASE, DbtPlaces, first_line, invoke_dbt
from cartox.warehouse.exhaustion import ExhaustedError, names_exhaustion
from cartox.warehouse.failure import RunError

_DATABASE_ERROR = re.compile(r"\b([A-Z][A-Za-z-]+(?: [a-z]+)? Error): ")
_FAILED = ("error", "fail", "runtime error", "partial success")
_SHOWN_FAILURES = 20


def build_models(
    project: Path,
    landing: Path,
    warehouse: Path,
    variables: Mapping[str, Any],
    progress: Progress,
    only: Sequence[str] = (),
) -> None:
    """Run `dbt build` of the project on a landing, into the new file `warehouse`.

    With `only`, these models and what they stand on are built, and no test is run. What became of each
    node is written to `logs/build.tsv` beside the file. Raises RunError with one line for each model or
    test that failed; a database's own message is left out, since it may quote a cell.
    """
    work = warehouse.parent / ".dbt"
    command = ["build"]
    if only:
        command += [
            "--resource-type",
            "seed",
            "--resource-type",
            "model",
            "--select",
            *(f"+{model}" for model in only),
        ]
    progress.step("Building what judges the records" if only else "Building and testing the models")
    database = warehouse.with_name(DATABASE)
    try:
        places = DbtPlaces(project, project, work, landing, database)
        outcome = invoke_dbt(command, places, variables, [_Watcher(progress)])
    finally:
        _rename(database, warehouse)
    results = getattr(outcome.result, "results", None) or []
    for message in (*(result.message for result in results), outcome.exception):
        if names_exhaustion(str(message or "")):
            raise ExhaustedError(str(message))
    _write_log(warehouse.parent / "logs" / "build.tsv", results)
    if not outcome.success:
        raise RunError(*_failures(results, outcome.exception))
    shutil.rmtree(work, ignore_errors=True)


def _rename(database: Path, warehouse: Path) -> None:
    for end in ("", ".wal"):  # a write-ahead file tells that the other was not closed cleanly
        file = database.with_name(f"{database.name}{end}")
        if file.exists():
            file.rename(warehouse.with_name(f"{warehouse.name}{end}"))


class _Watcher:
    """Turns dbt's events into progress."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._total: int | None = None
        self._done = 0

    def __call__(self, event: Any) -> None:
        if event.info.name == "ConcurrencyLine":
            self._total = event.data.node_count
            self._progress.advance("", 0, self._total)
        elif event.info.name == "NodeFinished":
            self._done += 1
            self._progress.advance(event.data.node_info.node_name, self._done, self._total)


def _write_log(path: Path, results: list[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [("status", "kind", "node", "seconds")]
    for result in results:
        kind = str(result.node.resource_type)
        rows.append((str(result.status), kind, result.node.name, f"{result.execution_time:.3f}"))
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def _failures(results: list[Any], exception: BaseException | None) -> list[str]:
    failed = [_failure(result) for result in results if str(result.status) in _FAILED]
    n_skipped = sum(str(result.status) == "skipped" for result in results)
    if not failed:
        return [f"dbt could not build the project: {first_line(exception)}"]
    lines = failed[:_SHOWN_FAILURES]
    if len(failed) > len(lines):
        lines.append(f"and {len(failed) - len(lines)} more")
    if n_skipped:
        lines.append(f"{n_skipped} models and tests that stand on these were not built")
    return lines


def _failure(result: Any) -> str:
    what = f"{result.node.resource_type} {result.node.name} failed"
    if result.failures:
        return f"{what}: {result.failures} rows break it"
    error = _DATABASE_ERROR.findall(result.message or "")
    return f"{what}: {error[-1]}" if error else what

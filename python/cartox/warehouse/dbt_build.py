"""Build and test every model with dbt itself, in this process, without dbt's own output."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cartox.progress import Progress
from cartox.warehouse.build_outcomes import Outcome, judge
from cartox.warehouse.dbt_invocation import DbtPlaces, first_line, invoke_dbt
from cartox.warehouse.exhaustion import ExhaustedError, names_exhaustion
from cartox.warehouse.failure import RunError


def build_with_dbt(
    project: Path,
    landing: Path,
    database: Path,
    variables: Mapping[str, Any],
    progress: Progress,
    log: Path,
    only: Sequence[str] = (),
    target: str = "duckdb",
) -> None:
    """Run `dbt build` of the project on a landing, into the new file `database`, and write `log`.

    `target` is one of `profiles.yml`; another than DuckDB builds elsewhere. With `only`, these models and what they stand on
    are built, and no test is run.

    Raises as `judge` does, and RunError with dbt's first line where dbt could not begin.
    """
    work = database.parent / ".dbt"
    chosen = [
        "--resource-type",
        "seed",
        "--resource-type",
        "model",
        "--select",
        *(f"+{name}" for name in only),
    ]
    places = DbtPlaces(project, project, work, landing, database)
    outcome = invoke_dbt(
        ["build", "--target", target, *(chosen if only else ())], places, variables, [_Watcher(progress)]
    )
    if names_exhaustion(str(outcome.exception or "")):
        raise ExhaustedError(str(outcome.exception))
    results = getattr(outcome.result, "results", None) or []
    judge([_told(result) for result in results if result.node.resource_type != "exposure"], log)
    if not outcome.success:
        raise RunError(f"dbt could not build the project: {first_line(outcome.exception)}")
    shutil.rmtree(work, ignore_errors=True)


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


def _told(result: Any) -> Outcome:
    node = result.node
    return Outcome(
        status=str(result.status),
        kind=str(node.resource_type),
        name=node.name,
        n_rows=result.failures or 0,
        message=result.message or "",
        seconds=result.execution_time,
    )

"""What became of the seeds, models and tests of a build: a log, and a line for each that failed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cartox.warehouse.exhaustion import ExhaustedError, names_exhaustion
from cartox.warehouse.failure import RunError

PASSED, SUCCESS, FAILED, ERROR, SKIPPED = "pass", "success", "fail", "error", "skipped"
SHOWN_FAILURES = 20

_GOOD = (PASSED, SUCCESS, SKIPPED)
_DATABASE_ERROR = re.compile(r"\b([A-Z][A-Za-z-]+(?: [a-z]+)? Error): ")


@dataclass(frozen=True)
class Outcome:
    """A seed, model or test: its status as dbt names it, a failed test's rows, a database's message, its seconds."""

    status: str
    kind: str
    name: str
    n_rows: int = 0
    message: str = ""
    seconds: float = 0.0


def judge(outcomes: Sequence[Outcome], log: Path) -> None:
    """Write the log of a build, and raise where anything failed.

    Raises ExhaustedError where the disk or memory was too small; else RunError with a line for each failure. A
    database's own message is left out, since it may quote a cell.
    """
    for outcome in outcomes:
        if names_exhaustion(outcome.message):
            raise ExhaustedError(outcome.message)
    rows = [("status", "kind", "node", "seconds")]
    rows += [(each.status, each.kind, each.name, f"{each.seconds:.3f}") for each in outcomes]
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    lines = _failures(outcomes)
    if lines:
        raise RunError(*lines)


def _failures(outcomes: Sequence[Outcome]) -> list[str]:
    failed = [_failure(outcome) for outcome in outcomes if outcome.status not in _GOOD]
    n_skipped = sum(outcome.status == SKIPPED for outcome in outcomes)
    lines = failed[:SHOWN_FAILURES]
    if len(failed) > len(lines):
        lines.append(f"and {len(failed) - len(lines)} more")
    if failed and n_skipped:
        lines.append(f"{n_skipped} models and tests that stand on these were not built")
    return lines


def _failure(outcome: Outcome) -> str:
    what = f"{outcome.kind} {outcome.name} failed"
    if outcome.n_rows:
        return f"{what}: {outcome.n_rows} rows break it"
    error = _DATABASE_ERROR.findall(outcome.message)
    return f"{what}: {error[-1]}" if error else what

"""Where the wait of a run goes: by phase processor time, user and system, of this process and of those that it starts, then
wall time and the most memory that this process has held until then.

    python tests/wait.py EXTRACT [WAREHOUSE]

Runs the extract as `cartox run` does, into a folder of its own where no WAREHOUSE is named, and prints a line per phase. The
first run after a change of the project or the vars compiles; run it twice to see both.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

KEPT = Path(__file__).resolve().parents[1] / "target" / "kept"
"""What was compiled, for the next try."""

PHASES = {
    "land_sources": "landing",
    "build_models": "models and data tests",
    "compute_results": "results",
    "check": "checks",
    "write_page": "report",
    "keep_published_schemas": "publishing alone what is promised",
    "publish_version": "digests and publishing",
}


def processor_time() -> float:
    """Return the seconds that this process and those that it waited for have used."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def most_memory() -> float:
    """Return the most memory that this process has held at once, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def timed(
    phase: Callable[..., Any], name: str, seconds: dict[str, float], beside: dict[str, str]
) -> Callable[..., Any]:
    """Return a phase that adds the processor time of its calls to `seconds`, and what to print beside it to `beside`."""

    def run(*words: Any, **named: Any) -> Any:
        before, began = processor_time(), time.monotonic()
        try:
            return phase(*words, **named)
        finally:
            seconds[name] = seconds.get(name, 0.0) + processor_time() - before
            beside[name] = f"  ({time.monotonic() - began:.1f} s wall, {most_memory():.2f} GB)"

    return run


def main(extract: str, warehouse: str = "") -> None:
    """Run and print."""
    import cartox.pipeline as pipeline
    from cartox.progress import SilentProgress

    seconds: dict[str, float] = {"start": processor_time()}
    beside: dict[str, str] = {}
    for function, name in PHASES.items():
        if hasattr(pipeline, function):  # an earlier commit may lack one
            setattr(pipeline, function, timed(getattr(pipeline, function), name, seconds, beside))
    with tempfile.TemporaryDirectory(prefix="cartox-wait-") as folder:
        os.environ.setdefault("CARTOX_LANDING", f"{folder}/landing")
        os.environ.setdefault("XDG_CACHE_HOME", str(KEPT))
        file = Path(warehouse or f"{folder}/cartox.duckdb")
        pipeline.run(Path(extract), file, {}, SilentProgress())
    total = processor_time()
    seconds["all else"] = total - sum(seconds.values())
    for name, used in [*seconds.items(), ("all", total)]:
        print(f"{used:7.1f} s  {name}{beside.get(name, '')}")  # noqa: T201 - its output


if __name__ == "__main__":
    main(*sys.argv[1:])

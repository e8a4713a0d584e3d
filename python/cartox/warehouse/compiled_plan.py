"""The plan of a build: compiled by dbt, and kept for the runs after it with the same project and vars."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from cartox.warehouse.build_plan import LANDING, Step, plan_steps
from cartox.warehouse.dbt_invocation import DATABASE, DbtPlaces, first_line, invoke_dbt
from cartox.warehouse.failure import RunError
from cartox.warehouse.kept_plans import keep, kept
from cartox.warehouse.project import SETTINGS

_FOLDERS = {"model": "models", "seed": "seeds", "macro": "macros", "test": "tests"}
_PACKAGES = ("dbt-core", "dbt-duckdb", "dbt-adapters", "dbt-common", "cartox")
_NO_DATABASE = ("--no-populate-cache", "--no-introspect", "--no-write-json", "--threads", "1")


def planned_steps(project: Path, variables: Mapping[str, Any]) -> list[Step]:
    """Return the steps that build the project with these vars, each after what it reads.

    Raises NotPlannedError where only dbt itself can build it; RunError with one line where dbt cannot compile it.
    """
    fingerprint = _fingerprint(project, variables)
    told = kept(fingerprint)
    if told is not None:
        return [Step(**step) for step in told]
    steps = plan_steps(_compiled(project, variables))
    keep(fingerprint, [asdict(step) for step in steps])
    return steps


def _compiled(project: Path, variables: Mapping[str, Any]) -> Any:
    """Have dbt parse and compile the project, and return its manifest."""
    with TemporaryDirectory(prefix="cartox-compile-") as name:
        work = Path(name)
        places = DbtPlaces(project, project, work, Path(LANDING), work / DATABASE)
        parsed = invoke_dbt(["parse", "--no-write-json", "--no-partial-parse"], places, variables)
        if not parsed.success:
            raise _not_compiled(parsed.exception)
        wanted = ["--select", "resource_type:model", "resource_type:test"]
        outcome = invoke_dbt(["compile", *_NO_DATABASE, *wanted], places, variables, manifest=parsed.result)
        if not outcome.success:
            raise _not_compiled(outcome.exception)
    return parsed.result


def _not_compiled(exception: BaseException | None) -> RunError:
    return RunError(f"dbt could not build the project: {first_line(exception)}")


def _fingerprint(project: Path, variables: Mapping[str, Any]) -> str:
    """Return a digest of all that the compiled SQL hangs on: the project's files, the vars and the compiler."""
    digest = hashlib.sha256()
    told = [{name: version(name) for name in _PACKAGES}, dict(variables)]
    digest.update(json.dumps(told, sort_keys=True, default=str).encode())
    for path in _files(project):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"\n{content} {path.relative_to(project)}".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _files(project: Path) -> Iterator[Path]:
    yield from (file for name in (SETTINGS, "profiles.yml") if (file := project / name).is_file())
    settings = yaml.safe_load((project / SETTINGS).read_text(encoding="utf-8"))
    for kind, usual in _FOLDERS.items():
        for folder in settings.get(f"{kind}-paths", [usual]):
            yield from sorted(path for path in (project / folder).rglob("*") if path.is_file())

"""The plan of a build: compiled by dbt, and kept for the runs after it with the same project and vars."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cartox.warehouse.build_plan import LANDING, Step, plan_steps
from cartox.warehouse.dbt_invocation import DATABASE, DbtPlaces, first_line, invoke_dbt
from cartox.warehouse.failure import RunError
from cartox.warehouse.kept_plans import keep, kept
from cartox.warehouse.memory import VAR as MEMORY
from cartox.warehouse.project import SETTINGS, SITE, default_variables
from cartox.yaml_file import read_yaml

_FOLDERS = {"model": "models", "seed": "seeds", "macro": "macros", "test": "tests"}
_PACKAGES = ("dbt-core", "dbt-duckdb", "dbt-adapters", "dbt-common", "cartox")
_ASKS_FOR_A_VAR = {
    ".sql": re.compile(r"\b(config|ref|source)\s*\([^)]*var\("),
    ".yml": re.compile(r"\{\{[^}]*\bvar\("),
    ".yaml": re.compile(r"\{\{[^}]*\bvar\("),
}
_OF_MEMORY = re.compile(rf"\bvar\('{MEMORY}'(, none)?\)")
"""How the profile asks for the bound on memory, which decides nothing of what dbt parses."""

_DECIDING = ("record_sources",)
"""Vars by which the project's macros choose what a model reads."""

_NO_DATABASE = ("--no-populate-cache", "--no-introspect", "--no-write-json", "--threads", "1")


def planned_steps(project: Path, variables: Mapping[str, Any], plans: Path | None = None) -> list[Step]:
    """Return the steps that build the project with these vars, each after what it reads.

    What earlier builds compiled is read from the folder `plans` and kept there.

    Raises NotPlannedError where only dbt itself can build it; RunError with one line where dbt cannot compile it.
    """
    variables = {name: value for name, value in variables.items() if name != MEMORY}
    name = _plan(project, variables)
    with suppress(ValueError, TypeError):
        return [Step(**step) for step in json.loads(kept(name, plans) or b"")]
    return keep_steps(project, variables, compiled_manifest(project, variables, plans=plans), plans)


def keep_steps(
    project: Path, variables: Mapping[str, Any], manifest: Any, plans: Path | None = None
) -> list[Step]:
    """Keep the steps of a manifest whose models and tests were compiled with these vars, and return them."""
    steps = plan_steps(manifest)
    keep(_plan(project, variables), json.dumps([asdict(step) for step in steps]).encode(), plans)
    return steps


def compiled_manifest(
    project: Path,
    variables: Mapping[str, Any],
    kinds: Sequence[str] = ("model", "test"),
    plans: Path | None = None,
) -> Any:
    """Return dbt's manifest of the project with its nodes of these kinds compiled with these vars.

    What dbt parsed is kept too, for all vars that decide neither what a node is nor what it reads.

    Raises RunError with one line where dbt cannot parse or compile the project.
    """
    variables = _without_defaults(project, variables)
    name = _parsed(project, variables)
    with TemporaryDirectory(prefix="cartox-compile-") as folder:
        work = Path(folder)
        places = DbtPlaces(project, project, work, Path(LANDING), work / DATABASE)
        manifest = _kept_manifest(name, plans)
        if manifest is not None and _compile(manifest, places, variables, kinds).success:
            return manifest
        parsed = invoke_dbt(["parse", "--no-write-json", "--no-partial-parse"], places, variables)
        if not parsed.success:
            raise _not_compiled(parsed.exception)
        keep(name, parsed.result.to_msgpack(), plans)
        outcome = _compile(parsed.result, places, variables, kinds)
        if not outcome.success:
            raise _not_compiled(outcome.exception)
    return parsed.result


def kept_manifest(project: Path, variables: Mapping[str, Any], plans: Path | None = None) -> Any:
    """Return what dbt parsed of the project for an earlier build, with LANDING for the landing's folder, if it was kept."""
    manifest = _kept_manifest(_parsed(project, _without_defaults(project, variables)), plans)
    for node in () if manifest is None else manifest.nodes.values():
        if hasattr(node, "root_path"):  # of the folder in which it was parsed
            node.root_path = str(project)
    return manifest


def _parsed(project: Path, variables: Mapping[str, Any]) -> str:
    deciding = variables if is_parsed_by_vars(project) else {name: variables.get(name) for name in _DECIDING}
    return f"{_fingerprint(project, deciding)}.parsed"


def _compile(manifest: Any, places: DbtPlaces, variables: Mapping[str, Any], kinds: Sequence[str]) -> Any:
    wanted = ["--select", *(f"resource_type:{kind}" for kind in kinds)]
    return invoke_dbt(["compile", *_NO_DATABASE, *wanted], places, variables, manifest=manifest)


def _kept_manifest(name: str, plans: Path | None) -> Any:
    """Return what dbt parsed before; None where nothing was kept, or not all of it."""
    from dbt.contracts.graph.manifest import Manifest

    content = kept(name, plans)
    try:
        return None if content is None else Manifest.from_msgpack(content)
    except Exception:  # whatever a reader says of a file that was cut off
        return None


def is_parsed_by_vars(project: Path) -> bool:
    """Tell whether vars may decide what dbt parses: a study's own models, or a config, reference or YAML that asks for one."""
    if (project / "models" / SITE).exists():
        return True
    return any(
        _ASKS_FOR_A_VAR[path.suffix].search(_OF_MEMORY.sub("", path.read_text(encoding="utf-8")))
        for path in _files(project)
        if path.suffix in _ASKS_FOR_A_VAR
    )


def _plan(project: Path, variables: Mapping[str, Any]) -> str:
    return f"{_fingerprint(project, _without_defaults(project, variables))}.json"


def _without_defaults(project: Path, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the vars that are given another value than dbt_project.yml gives them, in the form in which dbt is given them."""
    defaults = {name: json.dumps(value, default=str) for name, value in default_variables(project).items()}
    return {
        name: value
        for name, value in variables.items()
        if defaults.get(name) != json.dumps(value, default=str)
    }


def _not_compiled(exception: BaseException | None) -> RunError:
    return RunError(f"dbt could not build the project: {first_line(exception)}")


def _fingerprint(project: Path, variables: Mapping[str, Any]) -> str:
    """Return a digest of all that the compiled SQL hangs on: the project's files, the vars and the compiler.

    Of a seed its file's name: what rows it has is read when it is built, and no SQL was compiled from them.
    """
    digest = hashlib.sha256()
    told = [{name: version(name) for name in _PACKAGES}, dict(variables)]
    digest.update(json.dumps(told, sort_keys=True, default=str).encode())
    for path in _files(project):
        content = "" if path.suffix == ".csv" else hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"\n{content} {path.relative_to(project)}".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _files(project: Path) -> Iterator[Path]:
    yield from (file for name in (SETTINGS, "profiles.yml") if (file := project / name).is_file())
    settings = read_yaml(project / SETTINGS)
    for kind, usual in _FOLDERS.items():
        for folder in settings.get(f"{kind}-paths", [usual]):
            yield from sorted(path for path in (project / folder).rglob("*") if path.is_file())

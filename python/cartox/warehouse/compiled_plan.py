"""The plan of a build: compiled by dbt, and kept for the runs after it with the same project and vars."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cartox.warehouse.build_plan import LANDING, SEED, Step, compiled_step, plan_steps
from cartox.warehouse.compiled_from import asking_for
from cartox.warehouse.dbt_invocation import DATABASE, DbtPlaces, first_line, invoke_dbt
from cartox.warehouse.failure import RunError
from cartox.warehouse.kept_plans import keep, kept
from cartox.warehouse.memory import VAR as MEMORY
from cartox.warehouse.plan_names import (
    is_parsed_by_vars,
    parsed_name,
    plan_name,
    whole_name,
    without_defaults,
)

_NO_DATABASE = ("--no-populate-cache", "--no-introspect", "--no-write-json", "--threads", "1")


def planned_steps(project: Path, variables: Mapping[str, Any], plans: Path | None = None) -> list[Step]:
    """Return the steps that build the project with these vars, each after what it reads.

    What earlier builds compiled is read from the folder `plans` and kept there.

    Raises NotPlannedError where only dbt itself can build it; RunError with one line where dbt cannot compile it.
    """
    variables = without_defaults(project, {name: v for name, v in variables.items() if name != MEMORY})
    steps = _kept_steps(project, variables, plans)
    if steps is None and (steps := _changed_steps(project, variables, plans)):
        keep(plan_name(project, variables), _as_json(steps), plans)
    if steps is None and (manifest := _compiled_in_part(project, variables, plans)):
        steps = keep_steps(project, variables, manifest, plans)
    if steps is None:
        steps = keep_steps(project, variables, compiled_manifest(project, variables, plans=plans), plans)
    return steps


def keep_steps(
    project: Path, variables: Mapping[str, Any], manifest: Any, plans: Path | None = None
) -> list[Step]:
    """Keep the steps of a manifest whose models and tests were compiled with these vars, and return them."""
    variables = without_defaults(project, variables)
    steps = plan_steps(manifest)
    keep(plan_name(project, variables), _as_json(steps), plans)
    keep(whole_name(project, variables), json.dumps(variables, default=str).encode(), plans)
    return steps


def _as_json(steps: Sequence[Step]) -> bytes:
    return json.dumps([asdict(step) for step in steps]).encode()


def _kept_steps(project: Path, variables: Mapping[str, Any], plans: Path | None) -> list[Step] | None:
    with suppress(ValueError, TypeError):
        return [Step(**step) for step in json.loads(kept(plan_name(project, variables), plans) or b"")]
    return None


def _changed_steps(project: Path, variables: Mapping[str, Any], plans: Path | None) -> list[Step] | None:
    """Return the steps of the plan that was last compiled whole, with what asks for a var that changed compiled anew.

    None where there is no such plan, or where dbt cannot compile that, which the whole project is to tell.
    """
    try:
        before = json.loads(kept(whole_name(project, variables), plans) or b"")
    except ValueError:
        return None
    manifest = _kept_manifest(parsed_name(project, variables), plans)
    steps = _kept_steps(project, before, plans)
    if manifest is None or steps is None:
        return None
    changed = {name for name in {*before, *variables} if _told(before, name) != _told(variables, name)}
    asking = {key: manifest.nodes[key] for key in asking_for(manifest, changed)}
    wanted = [".".join(asking[step.key].fqn) for step in steps if step.key in asking]
    if wanted and not _compile(project, manifest, variables, wanted).success:
        return None
    if any(asking[step.key].compiled_code is None for step in steps if step.key in asking):
        return None  # dbt takes a name that it does not find for no error
    return [compiled_step(asking[step.key], step.parents) if step.key in asking else step for step in steps]


def _compiled_in_part(project: Path, variables: Mapping[str, Any], plans: Path | None) -> Any:
    """Return dbt's manifest for vars that decide what is read, with the SQL of the usual plan wherever none is asked for.

    None where that plan was not kept, where what is parsed for these vars was compiled before, or where dbt cannot parse or
    compile the rest, which the whole project is to tell.
    """
    if not variables or is_parsed_by_vars(project) or kept(whole_name(project, variables), plans):
        return None
    usual = _kept_steps(project, {}, plans)
    manifest = None if usual is None else _parsed(project, variables, plans)
    if usual is None or manifest is None:
        return None
    known = {step.key: step.sql for step in usual}
    asking = asking_for(manifest, variables.keys())
    built = [node for node in manifest.nodes.values() if node.resource_type in ("model", "test")]
    lasting = [node for node in built if node.config.materialized != "ephemeral"]
    anew = [node for node in lasting if node.unique_id in asking or node.unique_id not in known]
    fresh = {node.unique_id for node in anew}
    if anew and not _compile(project, manifest, variables, [".".join(node.fqn) for node in anew]).success:
        return None
    for node in lasting:
        if node.unique_id not in fresh:
            node.compiled_code = known[node.unique_id]
    return None if any(node.compiled_code is None for node in anew) else manifest


def _parsed(project: Path, variables: Mapping[str, Any], plans: Path | None) -> Any:
    """Return what dbt parses of the project, which is kept; None where dbt cannot parse it."""
    name = parsed_name(project, variables)
    manifest = _kept_manifest(name, plans)
    if manifest is None:
        outcome = _dbt(["parse", "--no-write-json", "--no-partial-parse"], project, variables)
        if not outcome.success:
            return None
        manifest = outcome.result
        keep(name, manifest.to_msgpack(), plans)
    return manifest


def _told(variables: Mapping[str, Any], name: str) -> str:
    """Return the JSON of a var, which tells 1 from 1.0 and true; nothing where it has its default."""
    return json.dumps(variables[name], default=str) if name in variables else ""


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
    variables = without_defaults(project, variables)
    name = parsed_name(project, variables)
    wanted = [f"resource_type:{kind}" for kind in kinds]
    manifest = _kept_manifest(name, plans)
    if manifest is not None and _compile(project, manifest, variables, wanted).success:
        return manifest
    parsed = _dbt(["parse", "--no-write-json", "--no-partial-parse"], project, variables)
    if not parsed.success:
        raise _not_compiled(parsed.exception)
    keep(name, parsed.result.to_msgpack(), plans)
    outcome = _compile(project, parsed.result, variables, wanted)
    if not outcome.success:
        raise _not_compiled(outcome.exception)
    return parsed.result


def kept_manifest(project: Path, variables: Mapping[str, Any], plans: Path | None = None) -> Any:
    """Return dbt's manifest with all SQL compiled, LANDING for the landing's folder; None where an earlier build kept none."""
    variables = without_defaults(project, variables)
    manifest = _kept_manifest(parsed_name(project, variables), plans)
    steps = _kept_steps(project, variables, plans)
    if manifest is None or steps is None:
        return None
    known = {step.key: step for step in steps}
    beside = [
        ".".join(node.fqn) for key, node in manifest.nodes.items() if key not in known
    ]  # what is built within others
    if not _compile(project, manifest, variables, beside).success:
        return None
    for step in steps:
        if step.kind != SEED:
            manifest.nodes[step.key].compiled = True
            manifest.nodes[step.key].compiled_code = step.sql
    for node in manifest.nodes.values():
        if hasattr(node, "root_path"):  # of the folder in which it was parsed
            node.root_path = str(project)
    return manifest


def _compile(project: Path, manifest: Any, variables: Mapping[str, Any], wanted: Sequence[str]) -> Any:
    return _dbt(["compile", *_NO_DATABASE, "--select", *wanted], project, variables, manifest)


def _dbt(command: Sequence[str], project: Path, variables: Mapping[str, Any], manifest: Any = None) -> Any:
    with TemporaryDirectory(prefix="cartox-compile-", ignore_cleanup_errors=True) as folder:
        places = DbtPlaces(project, project, Path(folder), Path(LANDING), Path(folder) / DATABASE)
        return invoke_dbt(command, places, variables, manifest=manifest)


def _kept_manifest(name: str, plans: Path | None) -> Any:
    """Return what dbt parsed before; None where nothing was kept, or not all of it."""
    from dbt.contracts.graph.manifest import Manifest

    content = kept(name, plans)
    try:
        return None if content is None else Manifest.from_msgpack(content)
    except Exception:  # whatever a reader says of a file that was cut off
        return None


def _not_compiled(exception: BaseException | None) -> RunError:
    return RunError(f"dbt could not build the project: {first_line(exception)}")

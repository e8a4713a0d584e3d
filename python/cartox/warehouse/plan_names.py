"""Under what names plans are kept: digests of all that their SQL hangs on."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

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


def plan_name(project: Path, variables: Mapping[str, Any]) -> str:
    """Return the name of the steps that were compiled with these vars, without those that have their default."""
    return f"{_fingerprint(project, variables)}.json"


def whole_name(project: Path, variables: Mapping[str, Any]) -> str:
    """Return the name of the vars with which what was parsed was last compiled whole."""
    return f"{parsed_name(project, variables)}.vars"


def parsed_name(project: Path, variables: Mapping[str, Any]) -> str:
    """Return the name of what dbt parsed, the same for all vars that decide neither what a node is nor what it reads."""
    deciding = variables if is_parsed_by_vars(project) else {name: variables.get(name) for name in _DECIDING}
    return f"{_fingerprint(project, deciding)}.parsed"


def is_parsed_by_vars(project: Path) -> bool:
    """Tell whether vars may decide what dbt parses: a study's own models, or a config, reference or YAML that asks for one."""
    if (project / "models" / SITE).exists():
        return True
    return any(
        _ASKS_FOR_A_VAR[path.suffix].search(_OF_MEMORY.sub("", path.read_text(encoding="utf-8")))
        for path in _files(project)
        if path.suffix in _ASKS_FOR_A_VAR
    )


def without_defaults(project: Path, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the vars that are given another value than dbt_project.yml gives them, in the form in which dbt is given them."""
    defaults = {name: json.dumps(value, default=str) for name, value in default_variables(project).items()}
    return {
        name: value
        for name, value in variables.items()
        if defaults.get(name) != json.dumps(value, default=str)
    }


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

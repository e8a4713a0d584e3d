"""The file of a study: its vars, where its records lie, and how its files are to be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cartox.errors import UserError
from cartox.warehouse.domains import shown, unknown
from cartox.warehouse.plain_yaml import read_plain_yaml

VARS, EXTRACT, OMOP, SOURCES = KEYS = ("vars", "extract", "omop", "sources")
DEEPEST = 4  # sources: a table: its columns: one of them: its values


@dataclass(frozen=True)
class StudyFile:
    """What a study file says: vars, the places of extract and OMOP tables as written, and reading options by table."""

    variables: Mapping[str, Any] = field(default_factory=dict)
    extract: str | None = None
    omop: str | None = None
    sources: Mapping[str, Any] = field(default_factory=dict)


def read_study_file(path: Path) -> StudyFile:
    """Read a study file, or a plain var file, whose names are all names of vars.

    Raises UserError where it cannot be read, is no mapping of plain values, or has a key that is none of KEYS.
    """
    content = read_plain_yaml(path, DEEPEST)
    if not content.keys() & set(KEYS):
        return StudyFile(variables=content)
    for name in content:
        if name not in KEYS:
            raise UserError(f"{path}: {unknown(f'key {shown(name)} beside {VARS}', name, KEYS)}")
    return StudyFile(
        variables=_mapping(content, VARS, path),
        extract=_place(content, EXTRACT, path),
        omop=_place(content, OMOP, path),
        sources=_mapping(content, SOURCES, path),
    )


def _mapping(content: Mapping[str, Any], key: str, path: Path) -> dict[str, Any]:
    value = content.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UserError(f"{path}: {key}: a mapping is expected")
    return {str(name): one for name, one in value.items()}


def _place(content: Mapping[str, Any], key: str, path: Path) -> str | None:
    value = content.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise UserError(f"{path}: {key}: the path of a folder is expected")
    return value

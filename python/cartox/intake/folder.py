"""Find the files of an extract in its folder."""

import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from cartox.errors import UserError
from cartox.intake.contract import ENTITIES, Entity
from cartox.intake.header import printable
from cartox.intake.records import SourceFile
from cartox.synthetic_mark import is_mark

FORMATS = ("csv", "parquet")


def find_files(
    extract: Path,
    required: Collection[str] = ENTITIES,
    roles: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[SourceFile], list[str]]:
    """Return one file per kind of record, in the contract's order, and notes on files that are not read.

    File names are matched case-insensitively; links are followed within the folder. `required` kinds of record must be there;
    those with one of the `roles` are read in that role where they are there; others are not read.

    Raises UserError where the folder cannot be read or is empty, where a required kind of record has no file,
    where any has two, and where a file is not a regular file or lies elsewhere.
    """
    found: dict[str, list[SourceFile]] = {}
    ignored = []
    for path in list_folder(extract):
        stem, _, suffix = path.name.lower().rpartition(".")
        if stem in ENTITIES and suffix in FORMATS:
            found.setdefault(stem, []).append(SourceFile(ENTITIES[stem], path, suffix))
        elif not path.name.startswith(".") and not is_mark(path):
            ignored.append(path.name)
    notes = [f"{printable(name)}: not a file of the extract, ignored" for name in ignored]
    files = []
    for name, entity in ENTITIES.items():
        if name in required:
            files.append(the_one(entity, found.get(name, []), extract, ignored))
        elif name in found and name in roles:
            files.append(replace(the_one(entity, found[name], extract, ()), role=roles[name]))
        elif name in found:
            notes.append(f"{found[name][0].name}: {name} are taken from OMOP, ignored")
    return files, notes


def list_folder(extract: Path) -> list[Path]:
    """Return what lies in a folder, sorted. Raises UserError where there is no folder or nothing in it."""
    try:
        if not extract.exists():
            raise UserError(f"{extract}: no such folder")
        if not extract.is_dir():
            raise UserError(f"{extract}: a folder is expected, this is a file")
        paths = sorted(extract.iterdir())
    except OSError as error:
        raise UserError(f"{extract}: cannot be read ({error.strerror})") from error
    if not paths:
        raise UserError(f"{extract}: the folder is empty")
    return paths


def the_one(entity: Entity, files: list[SourceFile], extract: Path, ignored: Collection[str]) -> SourceFile:
    """Return the one regular file of a table. Raises UserError where there is none, or two, or another thing."""
    if not files:
        alike = [printable(name) for name in ignored if name.lower().startswith(entity.name)]
        hint = f" ({alike[0]} is neither)" if alike else ""
        raise UserError(f"{extract}: {entity.name}.csv or {entity.name}.parquet is missing{hint}")
    if len(files) > 1:
        names = " and ".join(file.name for file in files)
        raise UserError(f"{extract}: {names} both hold {entity.name}; one file per table is expected")
    _require_regular(files[0], extract)
    return files[0]


def _require_regular(source: SourceFile, extract: Path) -> None:
    try:
        mode = source.path.stat().st_mode
    except OSError as error:
        what = (
            "a link that leads nowhere" if source.path.is_symlink() else f"cannot be read ({error.strerror})"
        )
        raise UserError(f"{source.name}: {what}") from error
    if stat.S_ISDIR(mode):
        raise UserError(f"{source.name}: a file is expected, this is a folder")
    if not stat.S_ISREG(mode):
        raise UserError(f"{source.name}: a regular file is expected")
    if not Path(os.path.realpath(source.path)).is_relative_to(os.path.realpath(extract)):
        raise UserError(f"{source.name}: a link that leads out of the folder; put the file itself there")

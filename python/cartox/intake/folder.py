"""Find the files of an extract in its folder."""

import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from cartox.errors import UserError
from cartox.intake.contract import ENTITIES, Entity
from cartox.intake.declaration import AS_THE_CONTRACT, Declaration
from cartox.intake.header import printable
from cartox.intake.records import SourceFile
from cartox.synthetic_mark import is_mark

FORMATS = {"csv": "csv", "tsv": "csv", "parquet": "parquet", "xlsx": "xlsx"}
"""How a file is read, by the end of its name; tabs part the cells of .tsv."""
_NOT_OF = {"xlsx": ("delimiter", "encoding"), "parquet": ("delimiter", "encoding", "decimal_mark", "sheet")}


def find_files(
    extract: Path,
    required: Collection[str] = ENTITIES,
    roles: Mapping[str, str] = MappingProxyType({}),
    declared: Mapping[str, Declaration] = MappingProxyType({}),
) -> tuple[list[SourceFile], list[str]]:
    """Return one file per kind of record, in the contract's order, and notes on files that are not read.

    File names are matched case-insensitively; links are followed within the folder. A file that is `declared` for its
    kind of record is read and no other. `required` kinds of record must be there;
    those with one of the `roles` are read in that role where they are there; others are not read.

    Raises UserError where the folder cannot be read or is empty, where a required kind of record has no file,
    where any has two, and where a file is not a regular file or lies elsewhere.
    """
    found = {
        name: [_declared_file(extract, ENTITIES[name], one)] for name, one in declared.items() if one.file
    }
    named = {file.path.name for files in found.values() for file in files}
    ignored = []
    for path in list_folder(extract):
        stem, _, suffix = path.name.lower().rpartition(".")
        if path.name in named:
            continue
        if stem in ENTITIES and suffix in FORMATS and not (stem in declared and declared[stem].file):
            one = declared.get(stem, AS_THE_CONTRACT)
            found.setdefault(stem, []).append(_source(ENTITIES[stem], path, suffix, one))
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


def _declared_file(extract: Path, entity: Entity, declared: Declaration) -> SourceFile:
    """Return the file that is declared for a kind of record, which lies in the extract's folder."""
    name = str(declared.file)
    suffix = name.lower().rpartition(".")[2]
    if Path(name).name != name or suffix not in FORMATS:
        ends = ", ".join(f".{one}" for one in FORMATS)
        raise UserError(
            f"sources: {entity.name}: file: the name of a file in the extract is expected, on {ends}"
        )
    if not (extract / name).exists():
        raise UserError(f"{extract}: {printable(name)}, declared for {entity.name}, is missing")
    return _source(entity, extract / name, suffix, declared)


def _source(entity: Entity, path: Path, suffix: str, declared: Declaration) -> SourceFile:
    """Return a file with what is declared of it. Raises UserError for what a file of its kind does not have."""
    for key in _NOT_OF.get(suffix, ("sheet",)):
        if getattr(declared, key) is not None:
            raise UserError(f"sources: {entity.name}: {key}: a .{suffix} file has none")
    separator = declared.delimiter or ("\t" if suffix == "tsv" else ",")
    return SourceFile(entity, path, FORMATS[suffix], separator=separator, declared=declared)


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

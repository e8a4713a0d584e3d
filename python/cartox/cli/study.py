"""What a command is given: a study folder, or the options that say the same one by one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE

if TYPE_CHECKING:
    from cartox.study import Study

StudyFolder = Annotated[
    Path | None,
    typer.Argument(metavar="STUDY", help="A study folder, as cartox init makes it.", show_default=False),
]

Extract = Annotated[
    Path | None, typer.Option("--extract", metavar="DIR", help="Folder with the extract's files.")
]
Omop = Annotated[
    Path | None,
    typer.Option("--omop", metavar="DIR_OR_DUCKDB", help="OMOP tables: a folder of files or a database."),
]
VarsFile = Annotated[
    Path | None, typer.Option("--vars", metavar="FILE.yml", help="Vars of the study to change, as YAML.")
]


@dataclass(frozen=True)
class Given:
    """Where the records lie, the vars and the file that they are from, the study folder, and the published file."""

    extract: Path | None
    omop: Path | None
    variables: Mapping[str, Any]
    origin: str
    study: Study | None
    warehouse: Path


def given(
    folder: Path | None,
    extract: Path | None,
    omop: Path | None,
    vars_file: Path | None,
    warehouse: Path = DEFAULT_WAREHOUSE,
) -> Given:
    """Return what a study folder says, or what the options say; options for the records speak before the folder.

    Raises UserError where the folder is none of a study, and where vars are given beside it.
    """
    from cartox.errors import UserError
    from cartox.study import open_study
    from cartox.warehouse.variables import read_variables

    if folder is None:
        variables = read_variables(vars_file) if vars_file else {}
        return Given(extract, omop, variables, str(vars_file or "vars"), None, warehouse)
    if vars_file is not None:
        raise UserError(f"{folder}: a study folder has its vars in study.yml; leave --vars out")
    study = open_study(folder)
    records = (study.extract, study.omop) if extract is None and omop is None else (extract, omop)
    return Given(*records, study.variables, str(study.settings), study, published(folder, warehouse))


def published(folder: Path | None, warehouse: Path) -> Path:
    """Return the published file that is meant: that of a study folder, unless another one is named.

    Raises UserError where the folder is none of a study.
    """
    from cartox.study import open_study

    if folder is None:
        return warehouse
    study = open_study(folder)
    return study.warehouse if warehouse == DEFAULT_WAREHOUSE else warehouse


def study_first(words: Sequence[str] | None, warehouse: Path) -> tuple[Path | None, Path, list[str]]:
    """Return the study folder that the first word is, if it is one, the published file that is meant, and the other words.

    Raises UserError where the first word is the path of a folder that is none of a study.
    """
    from cartox.study import is_study

    first, *others = words or [""]
    is_path = os.sep in first or first in (os.curdir, os.pardir)
    if words and (is_study(Path(first)) or (is_path and Path(first).is_dir())):
        return Path(first), published(Path(first), warehouse), others
    return None, warehouse, list(words or [])


def file_given(path: Path) -> Path:
    """Return the published file that a path means: the file itself, or that of the study folder that it is."""
    from cartox.study import is_study, open_study

    return open_study(path).warehouse if is_study(path) else path

"""Where everything of a study lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cartox.errors import UserError
from cartox.warehouse.layout import DEFAULT_NAME
from cartox.warehouse.study_file import read_study_file

SETTINGS = "study.yml"
EXTRACT = "extract"
WORDS, RULES, FIGURES = PARTS = ("words", "rules", "figures")
MODELS, ANALYSIS = "models", "analysis"


@dataclass(frozen=True)
class Study:
    """A study folder and what its study.yml says.

    `extract` and `omop` are where its records lie, None where it has none of that kind; `sources` are the reading
    options of its files by table. Everything in the folder is data but what lies in `models` and `analysis`.
    """

    root: Path
    variables: Mapping[str, Any]
    extract: Path | None
    omop: Path | None
    sources: Mapping[str, Any]

    @property
    def settings(self) -> Path:
        """The file study.yml."""
        return self.root / SETTINGS

    @property
    def warehouse(self) -> Path:
        """The published file."""
        return warehouse_of(self.root)

    @property
    def landing(self) -> Path:
        """The folder that its records are landed in, which no other study uses."""
        return (self.root / ".landing").absolute()

    @property
    def scratch(self) -> Path:
        """The folder of what comes and goes while a run is at work."""
        return self.root / ".scratch"


def warehouse_of(root: Path) -> Path:
    """Return where a study folder has its published file."""
    return root / "warehouse" / DEFAULT_NAME


def is_study(path: Path) -> bool:
    """Say whether a path is a study folder."""
    return (path / SETTINGS).is_file()


def open_study(root: Path) -> Study:
    """Read a study folder's study.yml.

    Raises UserError where there is no such folder or file, and where the file is not what a study file is.
    """
    if not root.is_dir():
        raise UserError(f"{root}: there is no such study folder; cartox init {root} makes one")
    if not is_study(root):
        raise UserError(f"{root}: no {SETTINGS} there, so this is no study folder; cartox init makes one")
    settings = read_study_file(root / SETTINGS)
    _require_one_decimal_mark(settings.sources, settings.variables, root / SETTINGS)
    omop = None if settings.omop is None else root / settings.omop
    extract = None if settings.extract is None else root / settings.extract
    if extract is None and ((root / EXTRACT).is_dir() or omop is None):
        extract = root / EXTRACT
    return Study(root, settings.variables, extract, omop, settings.sources)


def _require_one_decimal_mark(sources: Mapping[str, Any], variables: Mapping[str, Any], path: Path) -> None:
    """Raise UserError where commas are declared of a file, whose landed records have points, and of the records too."""
    marks = variables.get("decimal_marks")
    for kind, said in sources.items():
        of_file = said.get("decimal_mark") if isinstance(said, Mapping) else None
        if of_file == "," and isinstance(marks, Mapping) and marks.get(kind) == ",":
            raise UserError(
                f"{path}: {kind}: the decimal mark is declared twice; "
                "its file's gives points, so give the var decimal_marks '.'"
            )

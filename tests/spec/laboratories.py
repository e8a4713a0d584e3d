"""The laboratories in which a model's mutants are tried: of the study's own specification, or of those that read OMOP tables.

The study reads its extract, and no case of it can notice what becomes of OMOP rows. The models that make records of these are
tried over the cases that read them, in a laboratory for each choice of what comes from the tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests.spec.cases import Case, read_rules
from tests.spec.compiled_project import PROJECT, CompiledProject
from tests.spec.laboratory import Laboratory, Verdict
from tests.spec.not_yet import is_held, not_yet
from tests.spec.specifications import Specification, specifications

OF_TABLES = PROJECT / "models" / "intermediate" / "omop"
STUDY = "study"


def held_cases() -> list[Case]:
    """The cases of all specifications that hold."""
    listed = not_yet()
    return [case for rule in read_rules() for case in rule.cases if is_held(case, listed)]


def makes_records_of_tables(model: str) -> bool:
    """Whether a model is one of those that make records of OMOP tables."""
    return (OF_TABLES / f"{model}.sql").exists()


def compile_for(models: Iterable[str], folder: Path) -> None:
    """Compile what the laboratories of these models need into folders of their own."""
    of_tables = [makes_records_of_tables(model) for model in models]
    if not all(of_tables):
        CompiledProject.compile(folder / STUDY)
    if any(of_tables):
        for number, one in enumerate(_reading_tables()):
            CompiledProject.compile(folder / str(number), one.variables)


def examine(model: str, folder: Path) -> list[Verdict]:
    """Try every mutation of a model; one that survives in a laboratory is tried in the next."""
    found: dict[str, Verdict] = {}
    for laboratory in _laboratories(folder, makes_records_of_tables(model)):
        left = {what for what, verdict in found.items() if verdict.outcome == "survived"}
        found |= {verdict.what: verdict for verdict in laboratory.examine(model, left if found else None)}
    return list(found.values())


@cache
def _laboratories(folder: Path, of_tables: bool) -> list[Laboratory]:
    if not of_tables:
        cases = [case for case in held_cases() if not case.variables]
        return [Laboratory(CompiledProject.of_target(folder / STUDY), cases)]
    return [
        Laboratory(CompiledProject.of_target(folder / str(number)), one.cases)
        for number, one in enumerate(_reading_tables())
    ]


def _reading_tables() -> list[Specification]:
    return [one for one in specifications(held_cases()) if "record_sources" in one.variables]

"""The laboratories in which a model's mutants are tried: of the study's own specification, or of those that read OMOP tables.

The study reads its extract, and no case of it can notice what becomes of OMOP rows. So what survives there, and the models that
make records of OMOP rows at once, are tried over the cases that read these, in a laboratory for each choice of what comes from
the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    if not all(makes_records_of_tables(model) for model in models):
        CompiledProject.compile(folder / STUDY)
    for number, one in enumerate(_reading_tables()):
        CompiledProject.compile(folder / str(number), one.variables)


def examine(model: str, folder: Path) -> list[Verdict]:
    """Try every mutation of a model; one that survives in a laboratory is tried in the next."""
    found: dict[str, Verdict] = {}
    for laboratory in _laboratories(folder, makes_records_of_tables(model)):
        left = {what for what, verdict in found.items() if verdict.outcome == "survived"}
        if left or not found:
            tried = laboratory.examine(model, left if found else None)
            found |= {verdict.what: verdict for verdict in tried}
    return list(found.values())


def _laboratories(folder: Path, of_tables: bool) -> Iterator[Laboratory]:
    if not of_tables:
        yield _of_study(folder)
    for number in range(len(_reading_tables())):
        yield _of_tables(folder, number)


@cache
def _of_study(folder: Path) -> Laboratory:
    cases = [case for case in held_cases() if not case.variables]
    return Laboratory(CompiledProject.of_target(folder / STUDY), cases)


@cache
def _of_tables(folder: Path, number: int) -> Laboratory:
    return Laboratory(CompiledProject.of_target(folder / str(number)), _reading_tables()[number].cases)


@cache
def _reading_tables() -> list[Specification]:
    return [one for one in specifications(held_cases()) if "record_sources" in one.variables]

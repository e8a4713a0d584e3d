"""The cases that the models do not hold yet: derived from the bedside before the models that are to hold them.

`not_yet.yml` names them by rule. The list is exact: a test fails where a listed case holds, and where another does not; so it
can only shrink by work on the models. The manual marks these cases. `python -m tests.spec.not_yet TARGET` writes the list anew
from what dbt compiled into TARGET; of cases of other variables it keeps what is listed, and it lists those of variables that the
project does not know.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import yaml

from cartox.warehouse.project import default_variables
from cartox.yaml_file import read_yaml
from tests.spec.cases import Case, differences, read_rules, run_cases
from tests.spec.compiled_project import PROJECT, CompiledProject

LIST = Path(__file__).with_name("not_yet.yml")
HEAD = "# Cases that the models do not hold yet, by rule; see not_yet.py.\n"


def not_yet(path: Path = LIST) -> dict[str, frozenset[str]]:
    """The names of the cases that do not hold yet, by rule."""
    listed = read_yaml(path) or {} if path.exists() else {}
    return {rule: frozenset(names) for rule, names in listed.items()}


def is_held(case: Case, listed: Mapping[str, Collection[str]]) -> bool:
    """Whether a case is one that the models hold."""
    return case.name not in listed.get(case.rule, ())


def write(cases: Iterable[Case], path: Path = LIST) -> None:
    """Write the list of these cases."""
    listed: dict[str, list[str]] = {}
    for case in cases:
        listed.setdefault(case.rule, []).append(case.name)
    text = yaml.safe_dump(listed, allow_unicode=True, width=4096) if listed else ""
    path.write_text(HEAD + text, encoding="utf-8")


def main(target: Path) -> None:
    """Run the cases and list those that do not hold."""
    every = [case for rule in read_rules() for case in rule.cases]
    cases = [case for case in every if not case.variables]
    connection = run_cases(CompiledProject.of_target(target), cases)
    known = default_variables(PROJECT)
    listed = not_yet()
    write(
        case
        for case in every
        if (
            not is_held(case, listed) or case.variables.keys() - known.keys()
            if case.variables
            else differences(connection, case)
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

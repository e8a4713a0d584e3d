"""Which cases hold today: `python -m tests.spec.status TARGET [RULE ...]` over what dbt compiled into TARGET.

A rule is the start of a file's name, such as `words` or `bedside_icans`. Prints a line for each case that does not hold, with
what was found, and how many do. Cases of other variables are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.spec.cases import differences, read_rules, run_cases
from tests.spec.compiled_project import CompiledProject


def main(target: Path, rules: tuple[str, ...]) -> None:
    """Build once over the chosen cases and say what holds."""
    cases = [
        case
        for rule in read_rules()
        if not rules or rule.rule.startswith(rules)
        for case in rule.cases
        if not case.variables
    ]
    connection = run_cases(CompiledProject.of_target(target), cases)
    n_failing = 0
    for case in cases:
        problems = differences(connection, case)
        n_failing += bool(problems)
        sys.stdout.writelines(f"FAILS {case.rule}: {case.name}: {problem}\n" for problem in problems)
    sys.stdout.write(f"{len(cases) - n_failing} of {len(cases)} cases hold\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(sys.argv[2:]))

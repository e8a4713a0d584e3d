"""Validate an extract or OMOP tables: what a run would make of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cartox.progress import Progress
from cartox.study import Study
from cartox.validation.findings import Validation
from cartox.validation.judged import judged_records
from cartox.validation.reading import read_validation


def validate(
    extract: Path | None,
    variables: Mapping[str, Any],
    progress: Progress,
    variables_origin: str = "vars",
    omop: Path | None = None,
    study: Study | None = None,
) -> Validation:
    """Return what is missing, unmapped or doubtful in an extract, OMOP tables or both, by a run's own rules.

    All arguments are as in `judged_records`, and so are the errors.
    """
    with judged_records(extract, variables, progress, variables_origin, omop, study) as judged:
        return read_validation(
            judged.connection, judged.landed, judged.made_from_omop, judged.threshold, judged.notes
        )

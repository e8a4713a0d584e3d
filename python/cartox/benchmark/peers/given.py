"""What a peer is given: the landed results, the study's seeds and vars, and of the marts who is a patient and who was treated."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from cartox.project import find_project
from cartox.warehouse.execution import for_pattern, quoted
from cartox.warehouse.project import default_variables
from cartox.yaml_file import read_yaml

SEEDS = (
    "terminology/analytes",
    "terminology/lab_code_systems",
    "terminology/lab_codes",
    "terminology/lab_statuses",
    "terminology/lab_units",
    "terminology/negations",
    "terminology/noise_words",
    "terminology/result_remarks",
    "terminology/result_sentinels",
    "terminology/specimens",
    "terminology/words_lab_tests",
    "terminology/words_remarks",
    "terminology/words_result_statuses",
    "terminology/words_specimens",
    "rules/measured_result_reasons",
    "rules/plausibility",
)
_KNOWN = """
select distinct record_id as patient_id
from built.marts.record_dispositions
where entity = 'patients' and (disposition = 'accepted' or reason = 'conflicting_id')
"""
_TREATED = "select patient_id, infused_at from built.marts.treated_patients"


@dataclass(frozen=True)
class Study:
    """The vars of the project that the laboratory's path hangs on."""

    last_study_day: int
    day_zero_lookback_hours: int
    max_gap_days: int | None
    first_year: int
    last_year: int


def read_study() -> Study:
    """Return the defaults of dbt_project.yml, with which the models are built here."""
    variables = default_variables(find_project())
    first_year, last_year = variables["plausible_years"]
    return Study(
        last_study_day=variables["last_study_day"],
        day_zero_lookback_hours=variables["day_zero_lookback_hours"],
        max_gap_days=variables["max_gap_days"],
        first_year=first_year,
        last_year=last_year,
    )


def write_given(warehouse: Path, folder: Path) -> None:
    """Write what peers are given of the marts of a built warehouse: known_patients and treated_patients, as Parquet."""
    folder.mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(str(warehouse))} as built (read_only)")
        for name, query in {"known_patients": _KNOWN, "treated_patients": _TREATED}.items():
            connection.execute(
                f"copy ({query}) to {quoted(str(folder / f'{name}.parquet'))} (format parquet)"
            )


def load_seeds(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the seeds that the path reads as temporary tables, with the types that their YAML gives."""
    project = find_project()
    for name in SEEDS:
        file = project / "seeds" / name
        described: dict[str, Any] = read_yaml(file.with_suffix(".yml"))
        types = described["seeds"][0]["config"]["column_types"]
        columns = ", ".join(f"{column} {kind}" for column, kind in types.items())
        connection.execute(f"create temp table {file.name} ({columns})")
        csv = quoted(for_pattern(str(file.with_suffix(".csv"))))
        connection.execute(f"copy {file.name} from {csv} (format csv, header true)")

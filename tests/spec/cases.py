"""Clinical rules as tables of cases: raw rows in, a model, expected rows out.

A rule is one YAML file under `rules/`. The same file is the test, the specification and the page of the manual:

    rule, title, text, sources     what the page says, in our own words, and whom it cites
    model, keys                    where the expected rows are looked up, and by which columns beside the patient
    background                     rows that every case of the file starts from, per kind of record
    cases                          name, given (raw rows per kind of record), expect (rows: keys and other columns), and
                                   where the case is of another specification than the study's, vars (variables of dbt;
                                   those of the file hold for all its cases)

Every case has one patient, born on 1960-05-05 and infused on day 0 at 12:00, unless it says otherwise. In a model without
patients the keys alone name the expected row, so that they hold something that no other case has. `D2 08:00` stands for
a time and `D2` for a date, counted from the day of infusion. All cases of all files run in one build, each as a patient of
its own, so that hundreds of them take seconds; those of the same `vars` in a build of their own. An expected row that names a
`patient_id` is that of a second patient of the case, one with `absent: true` is a row that must not be there. `id:2` is the
second record of the case, `id:1|id:2` are two, `id:` is the patient. Rows of OMOP tables are those of one person, whose source
value is the patient; those of the vocabulary are everybody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from cartox.intake.contract import ENTITIES, TABLES
from cartox.yaml_file import read_yaml
from tests.spec.compiled_project import CompiledProject, Rewrite, connect, land_rows

RULES = Path(__file__).parent / "rules"
DAY_ZERO = date(2022, 3, 1)
RELATIVE_TIME = re.compile(r"D(-?\d+)(?: (\d\d:\d\d(?::\d\d)?))?")
IDENTIFIERS = {
    "infusions": "infusion_id",
    "medication_administrations": "administration_id",
    "lab_results": "result_id",
    "toxicity_assessments": "assessment_id",
    "response_assessments": "assessment_id",
}
DEFAULTS: dict[str, dict[str, Any]] = {
    "patients": {"birth_date": "1960-05-05", "sex": "F"},
    "infusions": {
        "infused_at": "D0 12:00",
        "product": "axicabtagene ciloleucel",
        "indication": "DLBCL",
        "care_setting": "standard of care",
    },
    "medication_administrations": {"status": "given"},
    "lab_results": {"code_system": "LOINC", "specimen": "Serum", "status": "final"},
    "toxicity_assessments": {},
    "response_assessments": {},
    "vital_status": {},
}
OMOP = sorted(TABLES)
PERSON = {"year_of_birth": 1960, "month_of_birth": 5, "day_of_birth": 5, "gender_concept_id": 8532}
ALWAYS_PRESENT = ("patients", "infusions", "vital_status")

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Case:
    """One case of a rule."""

    rule: str
    number: int
    name: str
    given: Rows
    model: str
    keys: Sequence[str]
    expect: Sequence[Mapping[str, Any]]
    variables: Mapping[str, Any] = field(default_factory=dict)

    @property
    def patient_id(self) -> str:
        """The patient that stands for the case in the common build."""
        return f"{self.rule}-{self.number:03d}"


@dataclass(frozen=True)
class Rule:
    """One rule with its cases and what the manual says of it."""

    rule: str
    title: str
    text: str
    sources: Sequence[str]
    model: str
    keys: Sequence[str]
    background: Rows
    cases: Sequence[Case] = field(default_factory=list)


def read_rules(folder: Path = RULES) -> list[Rule]:
    """Every rule of a folder, in the order of the file names."""
    return [_read_rule(path) for path in sorted(folder.glob("*.yml"))]


def _read_rule(path: Path) -> Rule:
    read = read_yaml(path)
    name, background = path.stem, read.get("background", {})
    cases = [
        Case(
            rule=name,
            number=number,
            name=case["name"],
            given=_joined(background, case.get("given", {})),
            model=case.get("model", read["model"]),
            keys=case.get("keys", read.get("keys", [])),
            expect=case["expect"],
            variables=case.get("vars", read.get("vars", {})),
        )
        for number, case in enumerate(read["cases"], start=1)
    ]
    return Rule(
        name,
        read["title"],
        read["text"],
        read["sources"],
        read["model"],
        read.get("keys", []),
        background,
        cases,
    )


def _joined(background: Rows, given: Rows) -> dict[str, list[Mapping[str, Any]]]:
    unknown = (background.keys() | given.keys()) - {*ENTITIES, *OMOP}
    assert not unknown, f"no such kind of record: {sorted(unknown)}"
    return {
        entity: [*background.get(entity, ()), *given.get(entity, ())]
        for entity in [*ENTITIES, *OMOP]
        if entity in background or entity in given
    }


def raw_rows(cases: Sequence[Case]) -> dict[str, list[dict[str, Any]]]:
    """The raw rows of all cases together, with ids, defaults and absolute times filled in."""
    landed: dict[str, list[dict[str, Any]]] = {entity: [] for entity in [*ENTITIES, *OMOP]}
    for person_id, case in enumerate(cases, start=1):
        _add_omop_rows(landed, case, person_id)
        for entity in ENTITIES:
            rows = case.given.get(entity, [{}] if entity in ALWAYS_PRESENT else [])
            for number, row in enumerate(rows, start=1):
                landed[entity].append(_filled(case, entity, number, row))
    return landed


def _add_omop_rows(landed: Mapping[str, list[dict[str, Any]]], case: Case, person_id: int) -> None:
    """The rows of OMOP tables: of the case's person, who bears the patient's name as source value, and of the vocabulary."""
    given = {table: case.given[table] for table in OMOP if table in case.given}
    person: dict[str, Sequence[Mapping[str, Any]]] = {"person": [{}]} if given else {}
    for table, rows in (person | given).items():
        columns = {column.name for column in TABLES[table].columns}
        named = {**PERSON, "person_source_value": case.patient_id} if table == "person" else {}
        for row in rows:
            numbered = {f"{table}_id": len(landed[table]) + 1, "person_id": person_id} | named
            filled = {column: value for column, value in numbered.items() if column in columns} | dict(row)
            landed[table].append({column: absolute(value) for column, value in filled.items()})


def _filled(case: Case, entity: str, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    filled: dict[str, Any] = {"patient_id": case.patient_id, **DEFAULTS[entity], **row}
    if entity in IDENTIFIERS:
        identifier = IDENTIFIERS[entity]
        filled[identifier] = f"{case.patient_id}-{row.get(identifier, number)}"
    return {column: absolute(value) for column, value in filled.items()}


def absolute(value: Any) -> Any:
    """`D2 08:00` as a time of the calendar, `D2` as a date; anything else as it is."""
    matched = RELATIVE_TIME.fullmatch(value) if isinstance(value, str) else None
    if not matched:
        return value
    day = DAY_ZERO + timedelta(days=int(matched[1]))
    return f"{day} {matched[2]}" if matched[2] else str(day)


def run_cases(
    project: CompiledProject,
    cases: Sequence[Case],
    rewrites: Mapping[str, Rewrite] | None = None,
    seed_edits: Mapping[str, str] | None = None,
) -> duckdb.DuckDBPyConnection:
    """Build the models over the rows of all cases."""
    connection = connect()
    land_rows(connection, raw_rows(cases))
    project.build(connection, rewrites, seed_edits)
    return connection


def differences(connection: duckdb.DuckDBPyConnection, case: Case) -> list[str]:
    """What of a case's expectation does not hold, in words; empty where all of it does."""
    try:
        columns = [column[0] for column in connection.execute(f"describe {case.model}").fetchall()]
    except duckdb.CatalogException:
        return [f"there is no {case.model}"]
    named = ", ".join(f"'{patient_id}'" for patient_id in sorted(named_patients(case)))
    mine = f"patient_id in ({named})" if "patient_id" in columns else "true"
    relation = connection.execute(f"select * from {case.model} where {mine}")
    found = [dict(zip(columns, row, strict=True)) for row in relation.fetchall()]
    return list(unlike(case, found, columns))


def named_patients(case: Case) -> set[str]:
    """Whose rows a case looks at: its own patient's, and those of the patients that it names."""
    return {case.patient_id, *(str(row["patient_id"]) for row in case.expect if "patient_id" in row)}


def unlike(case: Case, found: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """What of a case's expectation these rows of its model, which has these columns, do not hold, in words."""
    for expected in case.expect:
        yield from _compare(case, expected, found, columns)


def _compare(
    case: Case, expected: Mapping[str, Any], found: Sequence[Mapping[str, Any]], columns: Sequence[str]
) -> Iterator[str]:
    unknown = expected.keys() - {"absent", *columns}
    if unknown:
        yield f"{case.model} has no column {sorted(unknown)}"
        return
    keys = {key: _as_found(case, expected[key]) for key in case.keys if key in expected}
    if "patient_id" in columns:
        keys["patient_id"] = expected.get("patient_id", case.patient_id)
    rows = [row for row in found if all(row[key] == value for key, value in keys.items())]
    if expected.get("absent"):
        if rows:
            yield f"{keys}: a row where none was expected"
        return
    if len(rows) != 1:
        yield f"{keys}: {len(rows)} rows where one was expected"
        return
    for column, value in expected.items():
        wanted, got = _as_found(case, value), rows[0][column]
        if not _equal(wanted, got):
            yield f"{keys}: {column} is {got!r}, expected {wanted!r}"


def _as_found(case: Case, value: Any) -> Any:
    if isinstance(value, str) and RELATIVE_TIME.fullmatch(value):
        text = absolute(value)
        return datetime.fromisoformat(text) if " " in text else date.fromisoformat(text)
    if value == "id:":
        return case.patient_id
    if isinstance(value, str) and value.startswith("id:"):
        return "|".join(f"{case.patient_id}-{one.removeprefix('id:')}" for one in value.split("|"))
    return value


def _equal(wanted: Any, got: Any) -> bool:
    if isinstance(got, datetime) and isinstance(wanted, date) and not isinstance(wanted, datetime):
        return got == datetime.combine(wanted, datetime.min.time())
    if isinstance(wanted, float | int) and not isinstance(wanted, bool) and isinstance(got, float | int):
        return abs(wanted - got) <= 1e-9 * max(1.0, abs(wanted))
    return bool(wanted == got)

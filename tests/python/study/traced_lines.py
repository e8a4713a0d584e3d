"""The value of a planned variable, read from the raw lines that a trace names and from nothing else.

Plain Python by the study's rules, without a line of the pipeline: what a trace leaves out cannot be read here.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.python.study.crs_by_hand import graded as crs_graded
from tests.python.synthetic import second_reading as reading

Row = dict[str, str]
Lines = dict[str, list[Row]]
DAY = timedelta(days=1)
PRODUCTS = {
    "axi": "axicabtagene ciloleucel",
    "yescarta": "axicabtagene ciloleucel",
    "liso": "lisocabtagene maraleucel",
    "breyanzi": "lisocabtagene maraleucel",
    "tisa": "tisagenlecleucel",
    "kymriah": "tisagenlecleucel",
}
STAGES = {"I": 1, "II": 2, "III": 3, "IV": 4}


class RawFiles:
    """The extract's records by file and line, each line read once."""

    def __init__(self, folder: Path) -> None:
        self.rows = {path.name: _numbered(path) for path in folder.glob("*.csv")}

    def lines(self, person: Mapping[str, Any], *roles: str) -> Lines:
        """Return what stands in the lines that a trace names for a patient, by kind of record."""
        found: Lines = defaultdict(list)
        for role in roles:
            for record in person[role]:
                found[record["entity"]].append(self.rows[record["source_file"]][record["line_number"]])
        return found


def _numbered(path: Path) -> dict[int, Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        found, begins = {}, reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                found[begins] = dict(zip(header, cells, strict=True))
            begins = reader.line_num + 1
    return found


def infused_at(lines: Lines) -> datetime:
    (row,) = lines["infusions"]
    return _time(row["infused_at"])


def index_time(lines: Lines) -> datetime:
    """When the administration began that the trace of the study group names."""
    (row,) = lines["medication_administrations"]
    assert "anakinra" in row["medication"].lower() or "kineret" in row["medication"].lower()
    assert row["status"].lower() == "given"
    return _time(row["started_at"])


def responds(
    lines: Lines,
    highest_grade: int = 0,
    days_at_most: int = 2,
    watch_days: int = 3,
    within: int | None = None,
) -> bool:
    """Whether ICANS resolved after the day of the index time, by days with grades and the day of death."""
    infused, index_at = infused_at(lines).date(), index_time(lines).date()
    days = _days(_icans(lines))
    death = next((_time(row["died_on"]).date() for row in lines["vital_status"] if row["died_on"]), None)
    discharged = next(
        (_time(row["discharged_on"]).date() for row in lines["infusions"] if row["discharged_on"]), None
    )
    last = min(30, (index_at - infused).days + within if within else 30)
    for number in range((index_at - infused).days + 1, last + 1):
        day = infused + number * DAY
        watched = [days.get(day + later * DAY) for later in range(days_at_most + watch_days)]
        sure = [grade for grade in watched[:days_at_most] if grade is not None and grade <= highest_grade]
        is_home = discharged in (day, day + DAY) and days.get(day + DAY) is None and death is None
        if watched[0] is None or any(grade is not None and grade > highest_grade for grade in watched):
            continue
        if is_home and any(days.get(day + later * DAY) or 0 for later in range(1, 5)):
            continue
        is_alive = death is None or death >= day + (days_at_most + watch_days) * DAY
        if is_alive and len(sure) + is_home >= days_at_most:
            return True
    return False


def value_of(planned: Mapping[str, Any], lines: Lines, everything: Lines, context: Mapping[str, Any]) -> Any:
    """Read one patient's value: `lines` are those used, `everything` with context and what was left out.

    `context` holds the patient's infusion and index times, read from the trace of the study group.
    """
    column, relation = planned["value_column"], planned["relation"]
    if relation == "marts.cohort":
        return _COHORT[column](lines, everything, context)
    filters = (planned["filter_value"] or "").split("|")
    if relation == "marts.steroid_exposure":
        return _steroids(column, filters[0], lines, context)
    if relation == "marts.lab_baseline":
        return _baseline(filters[0], lines, everything)
    return reading.area(reading.usable_values(lines["lab_results"], filters[0]), context["infused_at"])


def _baseline(analyte: str, lines: Lines, everything: Lines) -> float | None:
    """Return the last usable value before lymphodepletion; the one line used has to be that value's."""
    (infusion,) = [row for row in everything["infusions"] if row["infused_at"]]
    anchor = reading.time_of(infusion["lymphodepletion_started_at"]) or _time(infusion["infused_at"])
    before = [
        value
        for time, value in reading.usable_values(everything["lab_results"], analyte)
        if anchor - 28 * DAY <= time < anchor
    ]
    used = [value for _, value in reading.usable_values(lines["lab_results"], analyte)]
    assert used == before[-1:]
    return used[0] if used else None


def _steroids(column: str, window: str, lines: Lines, context: Mapping[str, Any]) -> float:
    day_0 = datetime.combine(context["infused_at"].date(), datetime.min.time())
    edges = {
        "before_index": (day_0, context["index_at"]),
        "after_index": (context["index_at"], day_0 + 31 * DAY),
        "total": (day_0, day_0 + 31 * DAY),
    }
    doses = reading.glucocorticoid_doses(lines["medication_administrations"])
    assert len(doses) == len(lines["medication_administrations"])
    if column == "n_administrations":
        return len(doses)
    return reading.total_between(doses, *edges[window])


def _icans(lines: Lines) -> list[tuple[datetime, int]]:
    return [
        (_time(row["assessed_at"]), grade)
        for row in lines["toxicity_assessments"]
        if (grade := reading.icans_grade(row)) is not None
    ]


def _crs(everything: Lines, context: Mapping[str, Any]) -> list[tuple[datetime, int | None, int | None]]:
    drugs = _in_order(everything["medication_administrations"], "started_at", "administration_id")
    assessments = _in_order(everything["toxicity_assessments"], "assessed_at", "assessment_id")
    extract: Any = SimpleNamespace(drugs={"one": drugs}, assessments={"one": assessments})
    return crs_graded(extract, "one", context["infused_at"])


def _in_order(rows: list[Row], time: str, identifier: str) -> list[tuple[datetime, Row]]:
    return sorted(((_time(row[time]), row) for row in rows), key=lambda one: (one[0], one[1][identifier]))


def _days(graded: list[tuple[datetime, int]]) -> dict[date, int]:
    days: dict[date, int] = {}
    for at, grade in graded:
        days[at.date()] = max(grade, days.get(at.date(), 0))
    return days


def _icans_within(lines: Lines, first: datetime, last: datetime) -> int | None:
    return max((grade for at, grade in _icans(lines) if first <= at <= last), default=None)


def _crs_within(
    lines: Lines, context: Mapping[str, Any], first: datetime, last: datetime, is_of_day: bool
) -> int | None:
    found = [
        day_grade if is_of_day else grade
        for at, grade, day_grade in _crs(lines, context)
        if first <= at <= last
    ]
    return max((grade for grade in found if grade is not None), default=None)


def _best_response(lines: Lines, context: Mapping[str, Any]) -> str:
    """Rank the responses up to progression or new therapy, by Lugano 2014."""
    (ends,) = lines["vital_status"] or [{"progressed_on": "", "new_therapy_on": ""}]
    progressed, treated = (reading.time_of(ends[name]) for name in ("progressed_on", "new_therapy_on"))
    found = []
    for row in lines["response_assessments"]:
        at = reading.time_of(row["assessed_on"])
        if at is not None and at.date() > context["infused_at"].date():
            found.append((at, _response(row)))
    progressed = min(
        [at for at, response in found if response == "PD"] + [at for at in [progressed] if at], default=None
    )
    ranks = {"CR": 4, "PR": 3, "SD": 2, "PD": 1}
    kept = [
        ranks.get(response or "", 0)
        for at, response in found
        if (treated is None or at <= treated) and (response == "PD" or progressed is None or at <= progressed)
    ]
    best = max(kept, default=0)
    return next((name for name, rank in ranks.items() if rank == best), "NE")


def _response(row: Row) -> str | None:
    if row["new_lesion"].strip().lower() == "true":
        return "PD"
    if row["deauville"] in ("1", "2", "3"):
        return "CR"
    by_uptake = {"reduced": "PR", "unchanged": "SD", "none": "SD", "increased": "PD"}
    computed = by_uptake.get(row["uptake_change"].strip().lower()) if row["deauville"] in ("4", "5") else None
    recorded = row["recorded_response"].strip().upper()
    return computed or (recorded if recorded in ("CR", "PR", "SD", "PD") else None)


def _age(lines: Lines) -> int:
    born, infused = date.fromisoformat(lines["patients"][0]["birth_date"]), infused_at(lines).date()
    return infused.year - born.year - ((infused.month, infused.day) < (born.month, born.day))


def _infusion(column: str) -> Callable[..., int]:
    return lambda lines, *_: int(lines["infusions"][0][column])


_COHORT: dict[str, Callable[[Lines, Lines, Mapping[str, Any]], Any]] = {
    "study_group": lambda lines, _, context: "responder" if responds(lines) else "non_responder",
    "age_years": lambda lines, *_: _age(lines),
    "sex": lambda lines, *_: {"f": "female", "m": "male"}[lines["patients"][0]["sex"].strip().lower()[0]],
    "product": lambda lines, *_: next(
        name for word, name in PRODUCTS.items() if lines["infusions"][0]["product"].lower().startswith(word)
    ),
    "ann_arbor_stage": lambda lines, *_: STAGES[
        lines["infusions"][0]["ann_arbor_stage"].upper().rstrip("ABES")
    ],
    "ipi": _infusion("ipi"),
    "prior_lines": _infusion("prior_lines"),
    "is_refractory": lambda lines, *_: (
        lines["infusions"][0]["disease_status"].strip().lower() == "refractory"
    ),
    "icans_grade_at_index": lambda lines, _, context: _icans_within(
        lines, context["index_at"] - DAY, context["index_at"]
    ),
    "crs_grade_at_index": lambda _, everything, context: _crs_within(
        everything, context, context["index_at"] - DAY, context["index_at"], False
    ),
    "peak_icans_grade": lambda lines, _, context: _icans_within(
        lines, context["infused_at"], context["ends_at"]
    ),
    "peak_crs_grade": lambda _, everything, context: _crs_within(
        everything, context, context["infused_at"], context["ends_at"], True
    ),
    "peak_icans_grade_before_index": lambda lines, _, context: _icans_within(
        lines, context["infused_at"], context["index_at"] - timedelta(microseconds=1)
    ),
    "peak_crs_grade_before_index": lambda _, everything, context: _crs_within(
        everything, context, context["infused_at"], context["index_at"] - timedelta(microseconds=1), False
    ),
    "best_response": lambda lines, _, context: _best_response(lines, context),
}


def _time(text: str) -> datetime:
    found = reading.time_of(text.strip())
    assert found is not None
    return found

"""People, visits and deaths of the built-in study as OMOP tables hold them."""

import re

from cartox.synthetic.extract import Row
from cartox.synthetic.omop_texts import dated, days_later

FIRST_ID = 2**53 + 1
"""Ids begin where floating point numbers are no longer exact."""

_SEX_CONCEPTS = {"m": "8507", "f": "8532"}
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")
_INPATIENT = "9201"


class People:
    """The rows of the table person, and the ids under which other tables know people."""

    def __init__(self, patients: list[Row]) -> None:
        self._ids: dict[str, str] = {}
        self.rows = [self._person(row) for row in patients]

    def person_id(self, row: Row) -> str:
        """Return the person of a record, also of one whom the table person lacks; nothing where none is named."""
        name = row.get("patient_id", "")
        if not name:
            return ""
        return self._ids.setdefault(name, str(FIRST_ID + len(self._ids)))

    def _person(self, row: Row) -> Row:
        birth = _DATE.match(row["birth_date"])
        year, month, day = (str(int(part)) for part in birth.groups()) if birth else ("", "", "")
        return {
            "person_id": self.person_id(row),
            "gender_concept_id": _SEX_CONCEPTS.get(row["sex"][:1].lower(), "0"),
            "year_of_birth": year,
            "month_of_birth": month,
            "day_of_birth": day,
            "birth_datetime": "" if birth else row["birth_date"],
            "person_source_value": row.get("patient_id", ""),
            "gender_source_value": row["sex"],
        }


def visit_rows(infusions: list[Row], people: People) -> list[Row]:
    """Return the hospital stay of each infusion whose day of discharge is known."""
    stays = [row for row in infusions if row.get("discharged_on") and days_later(dated(row["infused_at"]), 0)]
    return [
        {
            "visit_occurrence_id": str(FIRST_ID + number),
            "person_id": people.person_id(row),
            "visit_concept_id": _INPATIENT,
            "visit_start_date": days_later(dated(row["infused_at"]), -6),
            "visit_end_date": row["discharged_on"],
        }
        for number, row in enumerate(stays)
    ]


def death_rows(vital_status: list[Row], people: People) -> list[Row]:
    """Return the deaths, with the cause as the site's own code."""
    return [
        {
            "person_id": people.person_id(row),
            "death_date": row["died_on"],
            "cause_concept_id": "0",
            "cause_source_value": row.get("cause_of_death", ""),
        }
        for row in vital_status
        if row.get("died_on")
    ]

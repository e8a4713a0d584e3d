"""Laboratory results of the built-in study as the table measurement holds them."""

from cartox.synthetic.extract import Row
from cartox.synthetic.omop_people import FIRST_ID, People
from cartox.synthetic.omop_texts import dated, number_and_sign, test_source_value
from cartox.synthetic.omop_vocabulary import LABORATORY, OPERATORS, UNITS

_FIRST_RESULT = FIRST_ID + 3_000_000
_CORRECTIONS = ("corrected", "amended", "c")
_UNUSABLE = ("cancelled", "entered in error", "entered-in-error", "x", "d", "w")
_EVERY = 2  # of the units that have a concept, one in so many is held by the concept alone


def measurement_rows(results: list[Row], people: People) -> list[Row]:
    """Return a row for each result that the site's database still holds: its last version, if that was performed."""
    return [_measurement(row, people) for row in _last_versions(results)]


def _last_versions(results: list[Row]) -> list[Row]:
    corrected = {row["result_id"] for row in results if _is_correction(row)}
    return [
        row
        for row in results
        if row.get("status", "").lower() not in _UNUSABLE
        and (row["result_id"] not in corrected or _is_correction(row))
    ]


def _measurement(row: Row, people: People) -> Row:
    number = int(row["result_id"].removeprefix("LAB-"))
    result, unit = row.get("result", ""), row.get("unit", "")
    value, sign = number_and_sign(result)
    concept, _ = LABORATORY.get(row.get("code", ""), (0, ""))
    source_value = test_source_value(row)
    unit_concept, _ = UNITS.get(unit, (0, ""))
    comment = row.get("comment", "")
    return {
        "measurement_id": str(_FIRST_RESULT + number),
        "person_id": people.person_id(row),
        "measurement_concept_id": str(concept if source_value == row.get("code") else 0),
        "measurement_date": dated(row["collected_at"]),
        "measurement_datetime": row["collected_at"],
        "operator_concept_id": str(OPERATORS.get(sign, 0)),
        "value_as_number": value,
        "unit_concept_id": str(unit_concept),
        "range_low": row.get("reference_low", ""),
        "range_high": row.get("reference_high", ""),
        "measurement_source_value": source_value,
        "unit_source_value": "" if unit_concept and number % _EVERY else unit,
        "value_source_value": f"{result} ({comment})" if comment else result,
    }


def _is_correction(row: Row) -> bool:
    return row.get("status", "").lower() in _CORRECTIONS

"""Medications of the built-in study as the table drug_exposure holds them."""

from cartox.synthetic.extract import Row
from cartox.synthetic.omop_people import FIRST_ID, People
from cartox.synthetic.omop_texts import dated, pieces, quantity_and_unit
from cartox.synthetic.omop_vocabulary import (
    FIRST_LOCAL_CONCEPT,
    GIVEN,
    INGREDIENTS,
    PRESCRIBED,
    PRODUCTS_IN_STOCK,
    ROUTES,
    UNTOLD,
)

_FIRST_ADMINISTRATION = FIRST_ID + 2_000_000
_NOT_GIVEN = ("held", "refused", "cancelled")
_EVERY = 2  # of the routes that have a concept, one in so many is held by it


def drug_rows(medications: list[Row], people: People) -> list[Row]:
    """Return a row for each administration or order, in their order."""
    return [_exposure(row, people) for row in medications]


def _exposure(row: Row, people: People) -> Row:
    number = int(row["administration_id"].removeprefix("MAR-"))
    quantity, unit = quantity_and_unit(row.get("dose", ""), row.get("dose_unit", ""))
    concept = _concept(row)
    name = row.get("medication", "")
    stock = PRODUCTS_IN_STOCK.get(name)
    is_order = row.get("status", "").lower() == "ordered"  # of which pieces would be the whole, not a dose
    counted = pieces(quantity, unit, stock[3]) if stock and quantity and not is_order else None
    if stock and counted is not None:
        concept = FIRST_LOCAL_CONCEPT + stock[0]
        quantity, unit = counted, stock[4] or ""
    elif unit.lower() == "ml" and row.get("product_strength"):
        name = f"{name} {row['product_strength']}"
    route = row.get("route", "")
    return {
        "drug_exposure_id": str(_FIRST_ADMINISTRATION + number),
        "person_id": people.person_id(row),
        "drug_concept_id": str(concept),
        "drug_exposure_start_date": dated(row["started_at"]),
        "drug_exposure_start_datetime": row["started_at"],
        "drug_exposure_end_date": dated(row.get("ended_at", "") or row["started_at"]),
        "drug_exposure_end_datetime": row.get("ended_at", ""),
        "quantity": quantity,
        "days_supply": "1" if quantity == "0" else "",
        "sig": row.get("frequency", ""),
        "route_concept_id": str(ROUTES.get(route, 0) if number % _EVERY else 0),
        "drug_source_value": name,
        "route_source_value": route,
        "dose_unit_source_value": unit,
        **_status(row.get("status", "")),
    }


def _concept(row: Row) -> int:
    is_coded = row.get("code_system", "").lower() == "rxnorm"
    concept, _ = INGREDIENTS.get(row.get("code", "") if is_coded else "", (0, ""))
    return concept


def _status(status: str) -> Row:
    """Return the type of the record, and why a drug was not given."""
    kind = status.lower()
    if kind in _NOT_GIVEN:
        return {"drug_type_concept_id": str(GIVEN), "stop_reason": status}
    types = {"given": GIVEN, "ordered": PRESCRIBED, "": 0}
    return {"drug_type_concept_id": str(types.get(kind, UNTOLD))}

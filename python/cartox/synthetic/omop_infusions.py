"""Infusions, lymphodepletion and indications of the built-in study as OMOP tables hold them."""

from cartox.synthetic import vocabulary
from cartox.synthetic.extract import Row
from cartox.synthetic.omop_people import FIRST_ID, People
from cartox.synthetic.omop_texts import dated, days_later
from cartox.synthetic.omop_vocabulary import GIVEN, HELD_AS_PROCEDURES, INGREDIENTS, PROCEDURES, PRODUCTS

_FIRST_INFUSION = FIRST_ID + 1_000_000
_FIRST_LYMPHODEPLETION = FIRST_ID + 4_000_000
_LYMPHODEPLETION_DAYS = 3
_EVERY = 5  # one infusion in so many is held as a procedure too
_PRODUCT_OF = {text: product for product, texts in vocabulary.PRODUCTS.items() for text in texts}


def infusion_rows(infusions: list[Row], people: People) -> tuple[list[Row], list[Row]]:
    """Return the rows of drug_exposure and of procedure_occurrence.

    Products without a concept stand under their names. Those that are given seldom, and those of trials, are
    held as procedures, some of the others as both.
    """
    drugs, procedures = [], []
    for row in infusions:
        number = int(row["infusion_id"].removeprefix("INF-"))
        product = _PRODUCT_OF.get(row.get("product", ""), "unknown" if row.get("product") else "")
        infusion_id = str(_FIRST_INFUSION + number)
        if product in HELD_AS_PROCEDURES:
            procedures.append(_procedure(row, people, product, infusion_id))
            continue
        drugs.append(_exposure(row, people, product, infusion_id, is_coded=number % 2 == 0))
        if product in PROCEDURES and number % _EVERY == 0:
            procedures.append(_procedure(row, people, product, str(number)))
    return drugs, procedures


def _exposure(row: Row, people: People, product: str, infusion_id: str, is_coded: bool) -> Row:
    concept, code = PRODUCTS.get(product, (0, ""))
    return {
        "drug_exposure_id": infusion_id,
        "person_id": people.person_id(row),
        "drug_concept_id": str(concept if is_coded else 0),
        "drug_exposure_start_date": dated(row["infused_at"]),
        "drug_exposure_start_datetime": row["infused_at"],
        "drug_exposure_end_date": dated(row["infused_at"]),
        "drug_type_concept_id": str(GIVEN),
        "quantity": "1",
        "drug_source_value": code if is_coded and code else row.get("product", ""),
    }


def _procedure(row: Row, people: People, product: str, procedure_id: str) -> Row:
    return {
        "procedure_occurrence_id": procedure_id,
        "person_id": people.person_id(row),
        "procedure_concept_id": "0",
        "procedure_date": dated(row["infused_at"]),
        "procedure_datetime": row["infused_at"],
        "procedure_source_value": PROCEDURES[product],
    }


def lymphodepletion_rows(infusions: list[Row], people: People) -> list[Row]:
    """Return three daily doses of fludarabine from the start of each lymphodepletion on."""
    rows: list[Row] = []
    concept, name = INGREDIENTS["24698"]
    for infusion in infusions:
        start = infusion.get("lymphodepletion_started_at", "")
        for day in range(_LYMPHODEPLETION_DAYS):
            on = days_later(dated(start), day)
            if on and on < dated(infusion["infused_at"]):
                rows.append(
                    {
                        "drug_exposure_id": str(_FIRST_LYMPHODEPLETION + len(rows)),
                        "person_id": people.person_id(infusion),
                        "drug_concept_id": str(concept),
                        "drug_exposure_start_date": on,
                        "drug_exposure_start_datetime": on + start[10:],
                        "drug_exposure_end_date": on,
                        "drug_type_concept_id": str(GIVEN),
                        "quantity": "1",
                        "dose_unit_source_value": "vial",
                        "route_source_value": "IV",
                        "drug_source_value": f"{name} 50 mg injection",
                    }
                )
    return rows


def condition_rows(infusions: list[Row], people: People) -> list[Row]:
    """Return the diagnosis for which each infusion was given, a month before it."""
    rows = []
    for number, row in enumerate(infusions):
        on = days_later(dated(row["infused_at"]), -30)
        if on and row.get("indication"):
            rows.append(
                {
                    "condition_occurrence_id": str(FIRST_ID + number),
                    "person_id": people.person_id(row),
                    "condition_concept_id": "0",
                    "condition_start_date": on,
                    "condition_source_value": row["indication"],
                }
            )
    return rows

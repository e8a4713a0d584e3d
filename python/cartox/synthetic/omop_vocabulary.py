"""The few rows of the OMOP vocabulary that the built-in study needs, and where its words stand in it."""

from cartox.synthetic.extract import Row

FIRST_LOCAL_CONCEPT = 2_000_000_000
"""OMOP leaves concept ids above two thousand million to sites."""

INGREDIENTS = {
    "3264": (1518254, "dexamethasone"),
    "6902": (1506270, "methylprednisolone"),
    "8640": (1551099, "prednisone"),
    "5492": (975125, "hydrocortisone"),
    "24698": (1395557, "fludarabine"),
}
"""RxNorm code: concept and name of the ingredient."""

LABORATORY = {
    "2276-4": (3001122, "Ferritin [Mass/volume] in Serum or Plasma"),
    "2532-0": (3016436, "Lactate dehydrogenase [Enzymatic activity/volume] in Serum or Plasma"),
    "1988-5": (3020460, "C reactive protein [Mass/volume] in Serum or Plasma"),
    "718-7": (3000963, "Hemoglobin [Mass/volume] in Blood"),
    "777-3": (3024929, "Platelets [#/volume] in Blood by Automated count"),
    "751-8": (3013650, "Neutrophils [#/volume] in Blood by Automated count"),
    "2160-0": (3016723, "Creatinine [Mass/volume] in Serum or Plasma"),
}
"""LOINC code: concept and name of the test."""

UNITS = {
    "mg/dL": (8840, "mg/dL"),
    "mg/L": (8751, "mg/L"),
    "ng/mL": (8842, "ng/mL"),
    "ug/L": (8748, "ug/L"),
    "µg/L": (8748, "ug/L"),
    "g/dL": (8713, "g/dL"),
    "g/L": (8636, "g/L"),
    "K/uL": (8848, "10*3/uL"),
    "10^9/L": (9444, "10*9/L"),
    "/uL": (8647, "/uL"),
    "IU/L": (8923, "[iU]/L"),
    "U/L": (8645, "[U]/L"),
    "umol/L": (8749, "umol/L"),
}
"""Unit as the laboratory writes it: concept and UCUM code."""

ROUTES = {"IV": 4171047, "PO": 4132161, "oral": 4132161, "IM": 4302612, "SC": 4142048, "subcut": 4142048}
PRODUCTS = {
    "axicabtagene ciloleucel": (792844, "1987398"),
    "tisagenlecleucel": (792737, "1986438"),
    "lisocabtagene maraleucel": (739856, "2479136"),
    "brexucabtagene autoleucel": (37002369, "2387277"),
}
"""Product: concept and RxNorm code."""

PROCEDURES = {
    "axicabtagene ciloleucel": "XW033H7",
    "brexucabtagene autoleucel": "XW033M7",
    "idecabtagene vicleucel": "XW033K7",
    "unknown": "XW033C3",
}
"""Product: ICD-10-PCS code of its infusion into a peripheral vein; that of any CAR-T for one that no list has."""

HELD_AS_PROCEDURES = ("brexucabtagene autoleucel", "idecabtagene vicleucel", "unknown")

GIVEN, PRESCRIBED, UNTOLD = 32818, 32838, 32817
"""Type concepts: EHR administration record, EHR prescription, EHR."""

OPERATORS = {"<": 4171756, ">": 4172704}
MILLIGRAM, MILLILITER = 8576, 8587

PRODUCTS_IN_STOCK = {
    "MEDROL 4 mg tab": (1, "methylprednisolone 4 MG Oral Tablet [Medrol]", "6902", 4.0, None),
    "predniSONE": (2, "prednisone 20 MG Oral Tablet", "8640", 20.0, None),
    "dexamethasone sodium phosphate": (
        3,
        "dexamethasone phosphate 4 MG/ML Injectable Solution",
        "3264",
        4.0,
        "mL",
    ),
}
"""Medication: number of the site's own concept, its name, RxNorm code of the ingredient, strength in mg, and the
unit of volume for which the strength stands (None: one piece)."""


def vocabulary_tables() -> dict[str, list[Row]]:
    """Return the rows of the tables concept, concept_ancestor and drug_strength."""
    concepts = [
        _concept(concept, name, "RxNorm", code, "Drug") for code, (concept, name) in INGREDIENTS.items()
    ]
    concepts += [
        _concept(concept, name, "LOINC", code, "Measurement") for code, (concept, name) in LABORATORY.items()
    ]
    concepts += [
        _concept(concept, name, "RxNorm", code, "Drug") for name, (concept, code) in PRODUCTS.items()
    ]
    concepts += [_concept(concept, code, "UCUM", code, "Unit") for concept, code in sorted({*UNITS.values()})]
    ancestors, strengths = [], []
    for number, name, ingredient, strength, volume in PRODUCTS_IN_STOCK.values():
        drug, above = FIRST_LOCAL_CONCEPT + number, INGREDIENTS[ingredient][0]
        concepts.append(_concept(drug, name, "Site formulary", f"F{number:03d}", "Drug"))
        ancestors.append({"ancestor_concept_id": str(above), "descendant_concept_id": str(drug)})
        kind = "amount" if volume is None else "numerator"
        row = {"drug_concept_id": str(drug), "ingredient_concept_id": str(above)}
        row |= {f"{kind}_value": f"{strength:g}", f"{kind}_unit_concept_id": str(MILLIGRAM)}
        strengths.append(row | ({} if volume is None else {"denominator_unit_concept_id": str(MILLILITER)}))
    return {"concept": concepts, "concept_ancestor": ancestors, "drug_strength": strengths}


def _concept(concept: int, name: str, vocabulary: str, code: str, domain: str) -> Row:
    return {
        "concept_id": str(concept),
        "concept_name": name,
        "vocabulary_id": vocabulary,
        "concept_code": code,
        "domain_id": domain,
    }

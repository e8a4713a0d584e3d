"""The words and findings of the registry-sized extract: those of the built-in study, put together as lists to draw from."""

from typing import Any

from cartox.synthetic import vocabulary
from cartox.synthetic.background import OTHER_CAUSES, STORIES
from cartox.synthetic.components import NEUROLOGY, SUPPORT
from cartox.synthetic.extract import Row
from cartox.synthetic.hard_exposures import NOT_COUNTED
from cartox.synthetic.hard_laboratory import UNUSABLE_FERRITIN, UNUSABLE_IN_COURSE, UNUSABLE_LDH
from cartox.synthetic.laboratory import (
    CRP_DETECTION_LIMIT,
    FERRITIN_UPPER_BOUND,
    LOWEST,
    REFERENCE_HIGH,
    UNITS,
)
from cartox.synthetic.medications import dose_text_ways
from cartox.synthetic.mess import COMMENTS
from cartox.synthetic.outsiders import REASONS
from cartox.synthetic.routine import LOCAL_USES

IN_A_THOUSAND = {"index_drug": 80, "index_drug_without_toxicity": 8, "index_drug_for_crs_alone": 10}
"""How many of a thousand people have a story of which there are more than of the others."""
OF_OTHER_STORIES = 7

UNKNOWN_WORDS = {
    ("infusions", "product"): {"CD22 CAR T cells, lot 7"},
    ("medication_administrations", "dose_unit"): {"application", "drop", "puff"},
    ("medication_administrations", "status"): {"documented"},
    ("lab_results", "unit"): {"%", "arb. U", "g/L", "mg/dL", "ng/dL"},
}
"""Words that no table is to know, by kind of record and column; the units are unknown of the analytes that have them here."""

CURVES = {
    "ferritin": (500.0, 1.0, 4.0),
    "ldh": (245.0, 0.45, 0.8),
    "crp": (15.0, 1.2, 6.0),
    "hemoglobin": (10.0, 0.17, 0.0),
    "platelets": (135.0, 0.6, 0.0),
    "neutrophils": (2.7, 0.6, 0.0),
    "creatinine": (0.9, 0.28, 0.0),
}
"""Middle before infusion, spread of its logarithm, and rise after it as a multiple, by analyte."""

DOSES_MG = {
    "dexamethasone": (4, 10, 10, 20),
    "methylprednisolone": (40, 125, 1000),
    "hydrocortisone": (50,),
    "prednisone": (60, 100),
}

_OF_DOSES = (
    "medication",
    "code_system",
    "code",
    "dose",
    "dose_unit",
    "route",
    "frequency",
    "status",
    "purpose",
)


def lists() -> dict[str, Any]:
    """Return the lists by the name under which the SQL draws from them."""
    brands = vocabulary.PRODUCTS
    return {
        "stories": _stories(),
        "sexes": [word for sex in ("male", "male", "female") for word in vocabulary.SEXES[sex]],
        "axi_cel": list(brands["axicabtagene ciloleucel"]),
        "liso_cel": list(brands["lisocabtagene maraleucel"]),
        "tisa_cel": list(brands["tisagenlecleucel"]),
        "lymphomas": list(vocabulary.LARGE_B_CELL_LYMPHOMA),
        "causes": list(OTHER_CAUSES),
        "comments": list(COMMENTS),
        **_findings(),
        **_drugs(),
        "hard_results": _hard_results(),
    }


def analytes() -> list[tuple[Any, ...]]:
    """Return what is drawn of each analyte, in the order of the columns of the table `analytes`."""
    rows = []
    for analyte, (loinc, local, names) in vocabulary.LAB_CODES.items():
        units = [
            {"name": one.name, "factor": float(one.factor), "decimals": one.decimals}
            for one in UNITS[analyte]
        ]
        limit = CRP_DETECTION_LIMIT if analyte == "crp" else None
        bound = FERRITIN_UPPER_BOUND if analyte == "ferritin" else None
        lowest = 0.5 if analyte == "crp" else LOWEST.get(analyte, 0.1)
        told = (analyte, loinc, local, list(names), list(vocabulary.SPECIMENS[analyte]), units)
        in_course = analyte in UNUSABLE_IN_COURSE
        rows.append((*told, REFERENCE_HIGH.get(analyte), lowest, limit, bound, *CURVES[analyte], in_course))
    return rows


def _stories() -> list[str]:
    named = [story.role for story in STORIES] + ["index_drug"]
    named += [reason.role.replace(" ", "_") for reason in REASONS]
    counts = {name: IN_A_THOUSAND.get(name, OF_OTHER_STORIES) for name in dict.fromkeys(named)}
    rest = 1000 - sum(counts.values())
    return [name for name, count in counts.items() for _ in range(count)] + ["other"] * rest


def _findings() -> dict[str, list[Row]]:
    of_crs = ("hypotension", "vasopressors", "oxygen_support", "oxygen_flow_l_min")
    none: Row = {"hypotension": "false", "oxygen_support": "none"}
    clear: Row = {"ice_score": "10", "consciousness": "alert", "seizure": "none", "motor_weakness": "false"}
    clear |= {"raised_icp": "none", "sedated": "false"}
    found = {
        f"crs_{grade}": [_filled(none | row, of_crs) for row in SUPPORT.get(grade, ({},))]
        for grade in range(5)
    }
    found |= {f"icans_{grade}": [clear | row for row in rows] for grade, rows in NEUROLOGY.items()}
    found["icans_4"] += [clear | {"ice_score": "", "consciousness": "unarousable", "sedated": "true"}]
    return found


def _drugs() -> dict[str, list[dict[str, Any]]]:
    anakinra = [
        {"medication": name, "dose": dose, "dose_unit": "mg", "route": route, "frequency": "q6h"}
        for name in vocabulary.INDEX_DRUG
        for dose in ("100", "200")
        for route in ("subcut", "SC", "IV")
    ]
    pressor = {"dose": "8", "dose_unit": "mcg/min", "route": "IV drip"}
    return {
        "steroid_doses": [_entry(row) for row in _steroid_doses()],
        "index_drug_given": [_entry(row | {"status": "given", "purpose": "ICANS"}) for row in anakinra],
        "index_drug_before": [
            _entry(row | {"status": "given", "purpose": "prophylaxis"}) for row in anakinra
        ],
        "index_drug_ordered": [_entry(row | {"status": "ordered"}) for row in anakinra],
        "index_drug_held": [
            _entry(row | {"status": word}) for row in anakinra for word in ("held", "refused", "Held")
        ],
        "tocilizumab": [
            _entry(
                {
                    "medication": name,
                    "dose": "640",
                    "dose_unit": "mg",
                    "route": "IV",
                    "status": "given",
                    "purpose": "CRS",
                }
            )
            for name in vocabulary.TOCILIZUMAB
        ],
        "norepinephrine": [
            _entry(pressor | {"medication": name, "status": status}, 420)
            for name in vocabulary.NOREPINEPHRINE
            for status in ("given", "given", "given", "held")
        ],
        "other_drugs": _other_drugs(),
        "hard_drugs": _hard_drugs(),
    }


def _steroid_doses() -> list[Row]:
    rows = []
    for ingredient, amounts in DOSES_MG.items():
        code: Row = {"code_system": "RxNorm", "code": vocabulary.RXNORM_CODES[ingredient]}
        route = "PO" if ingredient == "prednisone" else "IV push"
        for amount in amounts * 2 if ingredient == "dexamethasone" else amounts:
            for name in vocabulary.GLUCOCORTICOIDS[ingredient]:
                for way in dose_text_ways(amount):
                    row: Row = {
                        "medication": name,
                        "route": route,
                        "status": "given",
                        "purpose": "ICANS",
                    } | way
                    rows += [row, row | {"status": "Given", "frequency": "q6h"} | code]
    return rows


def _other_drugs() -> list[dict[str, Any]]:
    given: Row = {"status": "given"}
    rows: list[Row] = [given | use for use in LOCAL_USES]
    rows += [
        {"medication": name, "dose": "650", "dose_unit": "mg", "route": "PO", "status": "given"}
        for name in ("Tylenol", "acetaminophen")
    ]
    rows += [
        {
            "medication": "Decadron",
            "dose": "20",
            "dose_unit": "mg",
            "route": "PO",
            "status": "given",
            "purpose": "bridging",
        },
        {
            "medication": "dexamethasone",
            "dose": "10 mg",
            "route": "IV",
            "status": "given",
            "purpose": "premedication",
        },
        {"medication": "Deltasone", "dose": "5", "dose_unit": "mg", "route": "PO", "status": "home list"},
    ]
    return [_entry(row) for row in rows]


def _hard_drugs() -> list[dict[str, Any]]:
    """Return doses without effect or withheld, orders of every kind, and doses from which no amount can be read."""
    dexamethasone: Row = {"medication": "dexamethasone", "route": "IV"}
    prednisone: Row = {
        "medication": "prednisone",
        "dose": "60",
        "dose_unit": "mg",
        "route": "PO",
        "status": "ordered",
    }
    entries = [_entry({"status": "given"} | row) for row in NOT_COUNTED]
    entries += [
        _entry(dexamethasone | {"status": "given", "dose": text, "dose_unit": unit})
        for text, unit in (
            ("see protocol", ""),
            ("10-20 mg", ""),
            ("", ""),
            ("8", "mL"),
            ("12,5", "mg"),
            ("2", "tab"),
        )
    ]
    entries += [
        _entry(
            dexamethasone | {"status": "given", "dose": "2", "dose_unit": "mL", "product_strength": "4 mg/mL"}
        )
    ]
    entries += [_entry(dexamethasone | {"status": "given", "dose": "1", "dose_unit": "mg/h"}, 600)]
    entries += [
        _entry(prednisone | {"frequency": often}, minutes)
        for often, minutes in (
            ("daily", 5760),
            ("q12h", 2880),
            ("q6h prn", 2880),
            ("as needed", 2880),
            ("", 2880),
        )
    ]
    entries += [
        _entry(prednisone | {"frequency": "daily"}),
        _entry(prednisone | {"frequency": "daily"}, -120),
    ]
    return entries


def _hard_results() -> list[Row]:
    columns = ("code_system", "code", "test_name", "specimen", "result", "unit", "status", "comment")
    by_analyte: dict[str, tuple[Row, ...]] = dict(UNUSABLE_IN_COURSE)
    by_analyte["ldh"] += UNUSABLE_LDH
    by_analyte["ferritin"] += UNUSABLE_FERRITIN
    by_analyte["neutrophils"] = (
        {"result": "64", "unit": "%", "code_system": "LOINC", "code": "770-8", "test_name": "Neutrophils %"},
        {"result": "71", "unit": "%", "test_name": "ANC"},
    )
    usual = {
        analyte: {"test_name": names[0], "specimen": "Serum", "status": "final"}
        for analyte, (_, _, names) in vocabulary.LAB_CODES.items()
    }
    return [_filled(usual[analyte] | row, columns) for analyte, rows in by_analyte.items() for row in rows]


def _entry(row: Row, minutes: int | None = None) -> dict[str, Any]:
    return {**_filled(row, (*_OF_DOSES, "product_strength")), "minutes": minutes}


def _filled(row: Row, columns: tuple[str, ...]) -> Row:
    return {column: row.get(column, "") for column in columns}

"""Vars that name a row of a seed: a misspelt drug must not give an empty cohort."""

import csv
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cartox.errors import UserError

# var: the seed and the column in which its value must stand
NAMED_IN_SEEDS = {
    "index_drug": ("terminology/drugs", "ingredient"),
    "indication_group": ("terminology/indications", "indication_group"),
    "product_target": ("terminology/products", "target_antigen"),
    "index_toxicity": ("rules/toxicities", "toxicity"),
    "response_definition": ("rules/response_definitions", "definition"),
}
CHOICES = {
    "dexamethasone_factors": ("primary", "factor_080", "factor_100"),
    "omop_patient_id": ("person_id", "person_source_value"),
    "omop_care_setting": ("standard of care", "clinical trial", "expanded access"),
}

PATTERNS = {
    "omop_unknown_birth_month_day": (r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", "a day of the year (MM-DD)"),
    "omop_unknown_birth_day": (r"0[1-9]|1\d|2[0-8]", "a day of any month (DD)"),
}


def require_known_terms(overrides: Mapping[str, Any], project: Path, origin: str) -> None:
    """Raise UserError where a var names what no seed of the project knows.

    `overrides` are the vars that the user gave, `origin` names their file in the message.
    """
    for name, value in overrides.items():
        if name in PATTERNS and not re.fullmatch(PATTERNS[name][0], str(value)):
            raise UserError(f"{origin}: var {name}: {PATTERNS[name][1]} is expected")
        known: tuple[str, ...] = CHOICES.get(name, ())
        where = f"one of {', '.join(known)}"
        if name in NAMED_IN_SEEDS:
            seed, column = NAMED_IN_SEEDS[name]
            known, where = _column(project / "seeds" / f"{seed}.csv", column), f"in seeds/{seed}.csv"
        if known and value is not None and value not in known:
            nearest = get_close_matches(str(value), known, n=1)
            hint = f"; did you mean {nearest[0]}?" if nearest else ""
            raise UserError(f"{origin}: var {name}: {value} is not {where}{hint}")


def _column(seed: Path, column: str) -> tuple[str, ...]:
    with seed.open(encoding="utf-8", newline="") as file:
        return tuple(row[column] for row in csv.DictReader(file))

"""Vars that name a row of a seed: a misspelt drug must not give an empty cohort."""

import csv
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
    "response_definition": ("rules/response_definitions", "definition"),
}
CHOICES = {
    "index_toxicity": ("CRS", "ICANS"),
    "dexamethasone_factors": ("primary", "factor_080", "factor_100"),
}


def require_known_terms(overrides: Mapping[str, Any], project: Path, origin: str) -> None:
    """Raise UserError where a var names what no seed of the project knows.

    `overrides` are the vars that the user gave, `origin` names their file in the message.
    """
    for name, value in overrides.items():
        known: tuple[str, ...] = CHOICES.get(name, ())
        where = f"one of {', '.join(known)}"
        if name in NAMED_IN_SEEDS:
            seed, column = NAMED_IN_SEEDS[name]
            known, where = _column(project / "seeds" / f"{seed}.csv", column), f"in seeds/{seed}.csv"
        if known and value not in known:
            nearest = get_close_matches(str(value), known, n=1)
            hint = f"; did you mean {nearest[0]}?" if nearest else ""
            raise UserError(f"{origin}: var {name}: {value} is not {where}{hint}")


def _column(seed: Path, column: str) -> tuple[str, ...]:
    with seed.open(encoding="utf-8", newline="") as file:
        return tuple(row[column] for row in csv.DictReader(file))

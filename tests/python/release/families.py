"""What the attacker reckons with together: columns, the values that they can have, and what hangs on what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True)
class Family:
    """Columns that are told together, the values that each can have, and whether a patient's never fall from one to the next."""

    columns: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]
    rises: bool = False

    def allows(self, one: tuple[Any, ...]) -> bool:
        """Whether a patient can have these values."""
        return not self.rises or all(
            low is None or high is None or low <= high for low, high in pairwise(one)
        )


FAMILIES: Mapping[str, Family] = {
    "sex": Family(("sex",), (("male", "female", None),)),
    "stage": Family(("stage",), (("1", "2", "3", "4", None),)),
    "CRS": Family(("crs", "peak_crs"), ((0, 1, 2, 3, 4, None), (0, 1, 2, 3, 4)), rises=True),
    "product": Family(("product",), (("axi", "liso", "tisa", None),)),
    "dose": Family(("dose",), (("none", "some", None),)),
}

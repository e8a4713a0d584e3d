"""How many patients a comparison of two shares takes.

Source: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed., formula 4.14, as R's power.prop.test.
"""

from __future__ import annotations

import math

from scipy import special


def sample_size(first: float, second: float, *, power: float, confidence: float = 0.95) -> float | None:
    """Return of how many each of two groups must be for a two-sided test of two shares to have that power, not rounded.

    None where the shares are equal. Raises ValueError for a share or a power that is none.

    >>> round(sample_size(0.5, 0.75, power=0.8), 2)
    57.67
    """
    for share in (first, second, power, confidence):
        if not 0 <= share <= 1:
            raise ValueError(f"a share lies between 0 and 1, not at {share}")
    if first == second:
        return None
    middle = (first + second) / 2
    of_level = float(special.ndtri((1 + confidence) / 2)) * math.sqrt(2 * middle * (1 - middle))
    of_power = float(special.ndtri(power)) * math.sqrt(first * (1 - first) + second * (1 - second))
    return (of_level + of_power) ** 2 / (first - second) ** 2

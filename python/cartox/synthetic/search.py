"""Finds two samples whose medians and rank-sum p-value print as wanted."""

import math
import random
from collections import Counter

from cartox.synthetic.dice import dice
from cartox.synthetic.targets import GroupTarget

MOST_TRIALS = 200_000


def rank_sum_p(x: list[float], y: list[float]) -> float:
    """Two-sided p of the rank-sum test: normal approximation with correction for ties and continuity.

    Kept apart from `cartox.statistics`, so that the generator and the results cannot share an error.
    """
    larger = sum((a > b) + 0.5 * (a == b) for a in x for b in y)
    pairs, total = len(x) * len(y), len(x) + len(y)
    ties = sum(count**3 - count for count in Counter(x + y).values())
    variance = pairs / 12 * (total + 1 - ties / (total * (total - 1)))
    z = max(abs(larger - pairs / 2) - 0.5, 0) / math.sqrt(variance)
    return math.erfc(z / math.sqrt(2))


def find_groups(target: GroupTarget) -> tuple[list[float], list[float]]:
    """Return the sorted values of non-responders and responders.

    Values below and above the fixed middle are drawn anew until the p-value prints as reported.

    Raises:
        ValueError: no draw fits the target.

    """
    stream = dice("groups", target.name)
    for _ in range(MOST_TRIALS):
        non_responders = _draw(target, target.middle_non_responders, target.n_non_responders, stream)
        responders = _draw(target, target.middle_responders, target.n_responders, stream)
        if (
            not target.has_ties
            and len({*non_responders, *responders}) < target.n_non_responders + target.n_responders
        ):
            continue
        if round(rank_sum_p(non_responders, responders), target.p_decimals) == target.p_value:
            return non_responders, responders
    raise ValueError(f"no samples with the reported p-value for {target.name}")


def _draw(target: GroupTarget, middle: tuple[float, ...], size: int, stream: random.Random) -> list[float]:
    side = (size - len(middle)) // 2
    lower = [_value(target, middle[0], -1, stream) for _ in range(side)]
    upper = [_value(target, middle[-1], 1, stream) for _ in range(side)]
    return sorted(lower + list(middle) + upper)


def _value(target: GroupTarget, middle: float, direction: int, stream: random.Random) -> float:
    distance = direction * abs(stream.gauss(0, target.spread))
    value = middle * math.exp(distance) if target.is_log else middle + distance
    smallest_step = direction * 10.0**-target.decimals
    if direction < 0:
        value = min(max(value, target.low), middle + smallest_step)
    else:
        value = max(min(value, target.high * stream.uniform(0.8, 1)), middle + smallest_step)
    return round(value, target.decimals)

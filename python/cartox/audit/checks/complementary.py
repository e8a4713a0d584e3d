"""Which two descriptions name complementary categories: shares that make 100 %, counts that make the total.

Only words can say so: one description negates the other ("resolved", "not resolved"; "no fever", "fever")
or they differ by a pair of opposites ("male", "female"). "No" and "without" count at the beginning only:
"fever with rigor" and "fever without rigor" leave out those without fever. Categories whose completeness
would have to be guessed are left alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

NEGATIONS = frozenset({"not", "never"})
LEADING_NEGATIONS = frozenset({"no", "without"})
OPPOSITES = (
    {"male", "female"},
    {"men", "women"},
    {"alive", "dead"},
    {"alive", "died"},
    {"present", "absent"},
    {"resolved", "unresolved"},
    {"responder", "nonresponder"},
    {"responders", "nonresponders"},
    {"smoker", "nonsmoker"},
    {"smokers", "nonsmokers"},
)
FILLERS = frozenset({"any", "a", "an", "the", "did", "was", "were"})


def are_complementary(first: str, second: str) -> bool:
    """Whether two descriptions name a category and everything that is not in it.

    Examples
    --------
    >>> are_complementary("toxicity resolved", "toxicity not resolved")
    True
    >>> are_complementary("stage III", "stage IV")
    False

    """
    (one, one_negated), (two, two_negated) = _read(first), _read(second)
    if one == two:
        return one_negated != two_negated
    if len(one) != len(two) or one_negated or two_negated:
        return False
    differing = [{a, b} for a, b in zip(one, two, strict=True) if a != b]
    return len(differing) == 1 and differing[0] in OPPOSITES


@lru_cache(maxsize=4096)
def _read(description: str) -> tuple[tuple[str, ...], bool]:
    """Give the words that carry the category, and whether it is negated."""
    joined = re.sub(r"\bnon[- ]", "non", description.lower())
    words = [word for word in re.findall(r"[a-z0-9]+", joined) if word not in FILLERS]
    leading = words[:1] if words and words[0] in LEADING_NEGATIONS | {"with"} else []
    words = words[len(leading) :]
    negations = [word for word in words if word in NEGATIONS]
    negated = (len(negations) + (leading != [] and leading[0] in LEADING_NEGATIONS)) % 2 == 1
    return tuple(word for word in words if word not in NEGATIONS), negated

"""Which two descriptions name complementary categories, so that their shares make 100 % and their counts the total.

Only words can say so: one description negates the other ("resolved", "not resolved"), or they differ by a pair of
opposites ("male", "female"). Categories whose completeness would have to be guessed are left alone.
"""

from __future__ import annotations

import re

NEGATIONS = frozenset({"not", "no", "non", "without", "never"})
OPPOSITES = (
    ("male", "female"),
    ("men", "women"),
    ("alive", "dead"),
    ("alive", "died"),
    ("present", "absent"),
    ("resolved", "unresolved"),
    ("responders", "nonresponders"),
    ("inpatient", "outpatient"),
)
FILLERS = frozenset({"with", "any", "a", "an", "the", "did", "had"})


def are_complementary(first: str, second: str) -> bool:
    """Whether two descriptions name a category and everything that is not in it.

    Examples
    --------
    >>> are_complementary("toxicity resolved", "toxicity not resolved")
    True
    >>> are_complementary("stage III", "stage IV")
    False
    """
    one, two = _words(first), _words(second)
    if [word for word in one if word not in NEGATIONS] == [word for word in two if word not in NEGATIONS]:
        negations = [sum(word in NEGATIONS for word in words) for words in (one, two)]
        return sorted(negations) == [0, 1]
    if len(one) != len(two):
        return False
    differing = [{a, b} for a, b in zip(one, two, strict=True) if a != b]
    return len(differing) == 1 and differing[0] in [set(pair) for pair in OPPOSITES]


def _words(description: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", description.lower()) if word not in FILLERS]

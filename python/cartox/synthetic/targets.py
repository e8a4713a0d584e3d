"""The figures that the built-in study is made to give.

Source of every number: `seeds/study/reported_figures.csv`. Only the generator of synthetic records knows
them; nothing that computes a result may import this module.
"""

from dataclasses import dataclass

TREATED_BEFORE, TREATED_FROM = 179, 325
"""Treated patients infused before the era date, and from it on."""

DEATHS_BEFORE, DEATHS_FROM = 70, 169
TOXICITY_DEATHS_BEFORE, TOXICITY_DEATHS_FROM = 6, 7

RESPONDERS, NON_RESPONDERS = 31, 11
COHORT = RESPONDERS + NON_RESPONDERS

YOUNGEST, MIDDLE_AGES, OLDEST = 19, (64, 65), 78
"""Ages in full years; the median of an even number is the mean of the two in the middle."""

MALE, STAGE_IV, REFRACTORY = 23, 28, 31
PRODUCTS = {
    "axicabtagene ciloleucel": 36,
    "lisocabtagene maraleucel": 4,
    "tisagenlecleucel": 2,
}

ICANS_AT_INDEX = {
    "responder": {1: 1, 2: 12, 3: 14, 4: 4},
    "non_responder": {2: 1, 3: 5, 4: 5},
}
"""Patients by ICANS grade in the day before the first dose: the median over both groups is 3."""

ICANS_PEAK_4 = {"responder": 8, "non_responder": 11}
CRS_PEAK_SEVERE = {"responder": 8, "non_responder": 8}
CRS_AT_INDEX = {"responder": 11, "non_responder": 7}
CRS_AT_INDEX_SEVERE = {"responder": 3, "non_responder": 4}
NEVER_CRS = 3
"""Responders without any CRS."""

BEFORE_MEDIAN, BEFORE_HIGHEST = 40.0, 1041.875
AFTER_MEDIAN, AFTER_HIGHEST = 585.0, 2432.125
TOTAL_MEDIAN = {"responder": 398.0, "non_responder": 1040.0}
"""Dexamethasone equivalents in mg."""


@dataclass(frozen=True)
class GroupTarget:
    """Two samples whose medians and rank-sum p-value print as reported.

    Attributes:
        name: the measure.
        decimals: decimals with which the values are drawn.
        middle_non_responders, middle_responders: the value in the middle, or the two around it.
        n_non_responders, n_responders: sizes of the groups.
        p_value: the reported p-value.
        p_decimals: decimals with which it is printed.
        spread: standard deviation of the values, of their logarithms where `is_log`.
        low, high: bounds of the values; `low` is also the value of results below the detection limit.
        is_log: whether values scatter by factors.
        has_ties: whether equal values are allowed.

    """

    name: str
    decimals: int
    middle_non_responders: tuple[float, ...]
    middle_responders: tuple[float, ...]
    p_value: float
    p_decimals: int
    spread: float
    low: float
    high: float
    n_non_responders: int = NON_RESPONDERS
    n_responders: int = RESPONDERS
    is_log: bool = True
    has_ties: bool = False


BASELINES = {
    "hemoglobin": GroupTarget(
        "hemoglobin",
        1,
        (8.5,),
        (10.2,),
        0.010,
        3,
        1.7,
        6.9,
        14.6,
        is_log=False,
        has_ties=True,
    ),
    "crp": GroupTarget("crp", 1, (73.0,), (11.9,), 0.015, 3, 1.7, 3.0, 290.0, has_ties=True),
    "ferritin": GroupTarget(
        "ferritin",
        0,
        (1180, 1292),
        (399,),
        0.040,
        3,
        1.3,
        24,
        9800,
        n_non_responders=10,
    ),
    "ldh": GroupTarget("ldh", 0, (367,), (218, 219), 0.0165, 4, 0.55, 112, 1480, n_responders=30),
}
"""Laboratory results before lymphodepletion, in the canonical unit of each analyte."""

CURVES = {
    "crp": GroupTarget("crp curve", 1, (1165.6,), (530.2,), 0.011, 3, 0.75, 120, 4800),
    "ferritin": GroupTarget("ferritin curve", 0, (126323.0,), (43845.5,), 0.0553, 4, 1.2, 4200, 420000),
    "ldh": GroupTarget("ldh curve", 0, (9644.0,), (7164.5,), 0.3451, 4, 0.55, 3300, 21000),
}
"""Areas under the curve over study days 0 to 30, in canonical unit times days."""

"""Statistical tests and summaries: pure functions on numbers, each with one result that names its method.

Missing values (None, nan) are dropped and counted. Where a statistic does not exist, the result says *not
applicable* with the reason in words and its numbers are None: never an exception, never nan.
"""

from cartox.statistics.area_under_curve import RULES, AreaUnderCurve, area_under_curve
from cartox.statistics.contingency import Contingency, contingency
from cartox.statistics.descriptive import Description, describe
from cartox.statistics.proportion import Proportion, proportion
from cartox.statistics.rank_sum import RankSum, asymptotic_p_value, rank_sum

__all__ = [
    "RULES",
    "AreaUnderCurve",
    "Contingency",
    "Description",
    "Proportion",
    "RankSum",
    "area_under_curve",
    "asymptotic_p_value",
    "contingency",
    "describe",
    "proportion",
    "rank_sum",
]

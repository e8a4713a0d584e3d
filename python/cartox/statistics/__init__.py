"""Statistical tests and summaries: pure functions on numbers, each with one result that names its method.

Missing values (None, nan) are dropped and counted. Where a statistic does not exist, the result says *not
applicable* with the reason in words and its numbers are None: never an exception, never nan.
"""

from cartox.statistics.adjustment import adjust
from cartox.statistics.agreement import Agreement, weighted_kappa
from cartox.statistics.area_under_curve import RULES, AreaUnderCurve, area_under_curve
from cartox.statistics.auroc import Auroc, auroc
from cartox.statistics.certainty import CERTAINTIES, certainty_of
from cartox.statistics.contingency import Contingency, contingency
from cartox.statistics.descriptive import Description, describe
from cartox.statistics.firth import FirthLogistic, firth_logistic
from cartox.statistics.proportion import Proportion, proportion
from cartox.statistics.rank_sum import RankSum, rank_sum
from cartox.statistics.rank_sum_asymptotic import asymptotic_p_value, asymptotic_p_values
from cartox.statistics.rank_sum_matrix import RankSumMatrix, rank_sum_matrix
from cartox.statistics.sample_size import sample_size
from cartox.statistics.standardized import StandardizedDifference, standardized_levels, standardized_means

__all__ = [
    "CERTAINTIES",
    "RULES",
    "Agreement",
    "AreaUnderCurve",
    "Auroc",
    "Contingency",
    "Description",
    "FirthLogistic",
    "Proportion",
    "RankSum",
    "RankSumMatrix",
    "StandardizedDifference",
    "adjust",
    "area_under_curve",
    "asymptotic_p_value",
    "asymptotic_p_values",
    "auroc",
    "certainty_of",
    "contingency",
    "describe",
    "firth_logistic",
    "proportion",
    "rank_sum",
    "rank_sum_matrix",
    "sample_size",
    "standardized_levels",
    "standardized_means",
    "weighted_kappa",
]

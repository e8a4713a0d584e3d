"""The laboratory's path once more, by hand: a SQL script, Polars and pandas, from the same landed text to the same marts."""

from cartox.benchmark.peers.differences import DELIVERABLES, Difference, compare_deliverables
from cartox.benchmark.peers.given import write_given

__all__ = ["DELIVERABLES", "Difference", "compare_deliverables", "write_given"]

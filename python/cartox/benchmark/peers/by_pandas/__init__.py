"""The laboratory's path as pandas' users write it: whole columns, each distinct text read once by way of its code."""

from cartox.benchmark.peers.by_pandas.path import write_by_pandas

__all__ = ["write_by_pandas"]

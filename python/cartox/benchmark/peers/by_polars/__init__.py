"""The laboratory's path as Polars' users write it: lazy scans, expressions, each distinct text read once."""

from cartox.benchmark.peers.by_polars.path import write_by_polars

__all__ = ["write_by_polars"]

"""How long a build takes, beside what it cannot be faster than: on the same files, in turn, several times."""

from cartox.benchmark.compare import Row, compare, named, write_csv

__all__ = ["Row", "compare", "named", "write_csv"]

"""The same results once more, one row for each statistic, in the columns of tools of others."""

from cartox.results.long_forms.write import write_long_forms

__all__ = ["write_long_forms"]

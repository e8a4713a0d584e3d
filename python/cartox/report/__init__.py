"""What people and machines read: the study's summary in the terminal and as data."""

from cartox.report.as_data import read_summary
from cartox.report.brief import show_brief
from cartox.report.show import show

__all__ = ["read_summary", "show", "show_brief"]

"""What people read: the study's summary in the terminal."""

from cartox.report.show import show

__all__ = ["show"]

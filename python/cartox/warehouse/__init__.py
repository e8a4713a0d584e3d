"""The warehouse: built aside from a landing, checked, and published by one rename."""

from cartox.warehouse.failure import RunError
from cartox.warehouse.history import Version, read_history, roll_back
from cartox.warehouse.opening import open_published
from cartox.warehouse.pipeline import RunReport, run

__all__ = ["RunError", "RunReport", "Version", "open_published", "read_history", "roll_back", "run"]

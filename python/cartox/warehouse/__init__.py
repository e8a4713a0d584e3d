"""The warehouse: built aside from a landing, checked, and published by one rename."""

from cartox.warehouse.failure import RunError
from cartox.warehouse.history import Version, read_history, roll_back
from cartox.warehouse.opening import open_published

__all__ = ["RunError", "Version", "open_published", "read_history", "roll_back"]

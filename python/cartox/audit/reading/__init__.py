"""How a file becomes printed figures: the long form, one figure a row, and tables as they were printed."""

from cartox.audit.reading.files import read_table

__all__ = ["read_table"]

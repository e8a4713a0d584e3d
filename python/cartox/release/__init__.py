"""What may leave the institution: aggregated tables and a summary, in which no small count can be found."""

from cartox.release.write import default_threshold, write_release

__all__ = ["default_threshold", "write_release"]

"""What may leave the institution: aggregated tables from which no small count and no patient's value can be worked out."""

from cartox.release.write import FORMATS, default_threshold, write_release

__all__ = ["FORMATS", "default_threshold", "write_release"]

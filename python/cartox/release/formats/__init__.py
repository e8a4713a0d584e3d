"""The forms in which a release leaves: tables as CSV, an analysis results dataset, a summarised result of OMOP."""

from cartox.release.formats.ard import write_ard
from cartox.release.formats.plain import write_csv
from cartox.release.formats.summarised_result import write_summarised_result

__all__ = ["write_ard", "write_csv", "write_summarised_result"]

"""The report: one HTML file that opens offline, with its figures and tables as files beside it."""

from cartox.report.page.write import write_report

__all__ = ["write_report"]

"""The statistical results: reads the marts and the seeds, writes the schema `results`."""

from cartox.results.build import build_printed_figures, build_results

__all__ = ["build_printed_figures", "build_results"]

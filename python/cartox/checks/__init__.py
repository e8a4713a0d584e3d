"""Checks over a warehouse file: the great-expectations suites of the project, run in the database."""

from cartox.checks.page import write_checks
from cartox.checks.report import CheckReport, CheckRow, print_checks
from cartox.checks.run import run_checks

__all__ = ["CheckReport", "CheckRow", "print_checks", "run_checks", "write_checks"]

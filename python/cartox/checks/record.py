"""What the suites found, kept for the Data Docs without a cell of the tables."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.core.expectation_validation_result import (
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context import FileDataContext
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)

COUNTS = (
    "element_count",
    "missing_count",
    "missing_percent",
    "observed_value",
    "unexpected_count",
    "unexpected_percent",
    "unexpected_percent_nonmissing",
    "unexpected_percent_total",
)
NOT_COMPUTED = {
    "raised_exception": True,
    "exception_message": "the check could not be computed",
    "exception_traceback": "",
}
SITE = Path("uncommitted", "data_docs", "checks")


def has_raised(found: ExpectationValidationResult) -> bool:
    """Whether an expectation could not be computed."""
    exception_info = found.exception_info or {}
    if "raised_exception" in exception_info:
        return bool(exception_info["raised_exception"])
    return any(bool(one.get("raised_exception")) for one in exception_info.values())


class Record:
    """The validations of one run, in the store of a context.

    Of each result only its counts are kept: the unexpected values and rows that great-expectations adds are
    patients' data, a database's message may quote them, and Data Docs are passed on.
    """

    def __init__(self, context: FileDataContext) -> None:
        self._context = context
        self._run = RunIdentifier(run_time=datetime.now(UTC))

    def keep(self, suite: str, found: ExpectationSuiteValidationResult, remarks: Mapping[str, str]) -> None:
        """Keep the counts of a suite's results; `remarks` say by an expectation's id what its result lacks."""
        for result in found.results:
            config = result.expectation_config
            if config.id in remarks:
                config.description = f"{config.description} Not applicable: {remarks[config.id]}."
            result.result = {name: result.result[name] for name in COUNTS if name in (result.result or {})}
            if has_raised(result):
                result.exception_info = NOT_COMPUTED
        self._store(suite, found)

    def keep_unreadable(self, suite: ExpectationSuite) -> None:
        """Keep that no expectation of a suite could be computed."""
        results = [
            ExpectationValidationResult(
                success=False,
                expectation_config=expectation.configuration,
                result={},
                exception_info=NOT_COMPUTED,
            )
            for expectation in suite.expectations
        ]
        statistics = {
            "evaluated_expectations": len(results),
            "successful_expectations": 0,
            "unsuccessful_expectations": len(results),
            "success_percent": 0.0,
        }
        self._store(
            suite.name,
            ExpectationSuiteValidationResult(
                success=False, results=results, suite_name=suite.name, statistics=statistics
            ),
        )

    def _store(self, suite: str, found: ExpectationSuiteValidationResult) -> None:
        identifier = ValidationResultIdentifier(
            expectation_suite_identifier=ExpectationSuiteIdentifier(name=suite),
            run_id=self._run,
            batch_identifier=f"warehouse-{suite}",
        )
        self._context.validation_results_store.add_or_update(identifier, found)

    def write_docs(self, folder: Path) -> None:
        """Write the site of the suites and validations; its pages need nothing but themselves."""
        self._context.build_data_docs()
        site = Path(self._context.root_directory) / SITE
        shutil.rmtree(site / "static", ignore_errors=True)
        shutil.copytree(site, folder, dirs_exist_ok=True)

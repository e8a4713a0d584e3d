"""For every expectation of the suites of the long forms, a statement that breaks the handmade study so that it fails."""

from __future__ import annotations

from tests.python.checks.breaking import (
    ANALYSIS_RESULTS,
    MANIFEST,
    SUMMARISED,
    SUMMARISED_SETTINGS,
    change,
    repeat,
)

CORRUPTIONS_OF_LONG_FORMS: dict[str, dict[str, str]] = {
    ANALYSIS_RESULTS: {
        "statistic_once": repeat(ANALYSIS_RESULTS),
        "statistic_or_warning": change(ANALYSIS_RESULTS, "stat = null", "context = 'binary'"),
        "medians_of_table_one": change(ANALYSIS_RESULTS, "stat = '-1'", "stat_name = 'median'"),
        "counts_of_table_one": f"delete from {ANALYSIS_RESULTS} where context = 'binary' and stat_name = 'n'",
    },
    SUMMARISED: {
        "estimate_once": repeat(SUMMARISED),
        "type_known": change(SUMMARISED, "estimate_type = 'text'", "estimate_type = 'character'"),
        "result_has_settings": f"delete from {SUMMARISED_SETTINGS} where result_id = 1",
        "as_many_as_analysis_results": f"delete from {SUMMARISED} where estimate_name = 'median'",
    },
    SUMMARISED_SETTINGS: {
        "result_once": repeat(SUMMARISED_SETTINGS),
        "result_has_rows": f"delete from {SUMMARISED} where result_id = 1",
        "mark_of_the_manifest": f"insert into {MANIFEST} values ('input.is_synthetic', 'true')",
    },
}

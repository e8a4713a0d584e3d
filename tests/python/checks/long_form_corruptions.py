"""For every expectation of the long forms and of the methods, a statement that breaks the handmade study so that it fails."""

from __future__ import annotations

from tests.python.checks.breaking import (
    ANALYSIS_RESULTS,
    ITEMS,
    MANIFEST,
    METHODS,
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
    METHODS: {
        "facts_named": change(METHODS, "sentence = sentence || ' ' || chr(123) || 'var.x' || chr(125)"),
        "numbered": change(METHODS, "sentence_number = 99", "sentence_number = 1"),
        "vars_as_run": change(METHODS, "sentence = 'a drug'", "topic = 'bias'"),
        "counts_as_counted": change(METHODS, "sentence = 'some patients'", "topic = 'flow'"),
    },
    ITEMS: {
        "items_complete": f"delete from {ITEMS} where item = '6a'",
        "status_told": change(ITEMS, "status = 'answered'", "answer is null"),
        "open_explained": change(ITEMS, "open_reason = null"),
    },
}

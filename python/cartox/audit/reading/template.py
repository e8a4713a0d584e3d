"""An empty table in the long form, with rows that show how each kind of figure is written."""

from __future__ import annotations

from cartox.audit.reading.long_form import COLUMNS

ROWS = (
    ("patients", "cohort", "patients", "all", "count", "42", "", "", "", "patients", "fisher_below = 5"),
    ("male", "cohort", "male sex", "all", "percent", "54.8", "", "23", "42", "%", ""),
    ("age", "cohort", "age", "all", "median", "64.5", "", "", "42", "years", ""),
    ("crp_ill", "comparison", "C-reactive protein", "ill", "median", "73.0", "", "", "11", "mg/L", ""),
    ("crp_well", "comparison", "C-reactive protein", "well", "median", "11.9", "", "", "31", "mg/L", ""),
    ("crp_p", "comparison", "C-reactive protein", "both", "p_value", "0.015", "", "", "42", "", ""),
)

TEMPLATE = "".join(",".join(row) + "\n" for row in (COLUMNS, *ROWS))
"""The template as CSV; its rows are an example to overwrite."""

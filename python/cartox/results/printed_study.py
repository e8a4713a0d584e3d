"""Whether the printed figures are of the study at hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb


def why_not_comparable(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> str | None:
    """Return why no printed figure can be held against a run with these vars; None where they can.

    Figures are of one study, which seeds.reported_study names: one index drug for one index toxicity. Other
    vars, such as the enrollment period, change a study and do not make it another one.

    Raises ValueError where seeds.reported_study has not exactly one row.
    """
    printed = connection.execute("select index_drug, index_toxicity from seeds.reported_study").fetchall()
    if len(printed) != 1:
        raise ValueError(
            f"reported_study: one row must say whose figures are printed, {len(printed)} are there"
        )
    drug, toxicity = printed[0]
    own_drug, own_toxicity = variables["index_drug"], variables["index_toxicity"]
    if (drug, toxicity) == (own_drug, own_toxicity):
        return None
    return f"printed for {drug} and {toxicity}; this study is {own_drug} for {own_toxicity}"

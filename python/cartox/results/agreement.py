"""results.grade_agreement: how well the recorded grades agree with those computed from components."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np

from cartox.results.descriptives import as_percent
from cartox.results.tables import insert_rows
from cartox.statistics import weighted_kappa

WEIGHTS = ("linear", "quadratic")


def write_grade_agreement(connection: duckdb.DuckDBPyConnection) -> None:
    """One row per toxicity and kind of weights, over the assessments of marts.grade_agreement.

    Assessments of one patient are not independent of one another, so that the interval of kappa is narrower
    than it should be; the table says how many assessments there are, the mart how many patients.
    """
    pairs = connection.execute(
        "select toxicity, computed_grade, recorded_grade, n_assessments from marts.grade_agreement"
    ).fetchall()
    toxicities = connection.execute("select toxicity from seeds.toxicities order by toxicity").fetchall()
    insert_rows(
        connection, "grade_agreement", (row for (toxicity,) in toxicities for row in _rows(toxicity, pairs))
    )


def _rows(toxicity: str, pairs: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    own = [pair[1:] for pair in pairs if pair[0] == toxicity]
    highest = max((max(computed, recorded) for computed, recorded, _ in own), default=0)
    table = np.zeros((highest + 1, highest + 1), dtype=np.int64)
    for computed, recorded, n in own:
        table[computed, recorded] += n
    n_assessments, n_equal = int(table.sum()), int(np.trace(table))
    for weights in WEIGHTS:
        found = weighted_kappa(table, weights=weights)
        yield (
            toxicity,
            weights,
            n_assessments,
            n_equal,
            as_percent(n_equal / n_assessments if n_assessments else None),
            found.kappa,
            found.low,
            found.high,
            found.method,
            found.not_applicable,
        )

"""What is released of all planned variables: counts first, and adjusted p-values by whole families."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cartox.release.blocks import AS_OF, Block, Row
from cartox.release.cohort import Cohort
from cartox.release.counted import count_variable
from cartox.release.measured import measure_variable
from cartox.release.numbers import two_digits
from cartox.release.parts import is_counted, is_scale
from cartox.release.rules import COMPARISONS


def variable_blocks(cohort: Cohort) -> Iterator[Block]:
    """Yield a block for each variable: what is counted by level first, then by steps, then what is measured.

    The cohort's outcome must be shown before: all else is a part of its sizes.
    """
    variables = cohort.study.variables
    counted = [one for one in variables if is_counted(*one)]
    for variable, values in sorted(counted, key=lambda one: is_scale(one[0])):
        yield count_variable(cohort, variable, values)
    for variable, values in variables:
        if not is_counted(variable, values):
            yield measure_variable(cohort, variable, values)


def adjusted(blocks: Sequence[Block], rows: Sequence[Row]) -> None:
    """Give the adjusted p-values of a family where every p-value of it is shown: each tells of the others.

    What repeats an earlier release keeps that one's; beside it none is given, since it would tell the p-value that
    the repeated one stands for.
    """
    shown = {row["variable"]: row for block in blocks for row in block.rows.get(COMPARISONS, [])}
    families: dict[str, list[Row]] = {}
    for row in rows:
        if row["family"] is not None:
            families.setdefault(row["family"], []).append(row)
    for family in families.values():
        own = [shown.get(row["variable"], {}) for row in family]
        is_whole = all(row.get("p_value") is not None and row.get(AS_OF) is None for row in own)
        for row in family:
            if row["variable"] not in shown or shown[row["variable"]][AS_OF] is not None:
                continue
            target = shown[row["variable"]]
            for column in ("p_bh", "p_holm"):
                target[column] = two_digits(row[column]) if is_whole else None
            if not is_whole:
                target["suppressed"] = " ".join([*target["suppressed"].split(), "p_bh", "p_holm"])

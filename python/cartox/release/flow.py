"""What is released of the flow of patients and of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cartox.release.blocks import Block, Row
from cartox.release.numbers import rounded
from cartox.release.people import Study
from cartox.release.rules import ATTRITION, CONSERVATION, LARGE_FILES
from cartox.release.sets import BELOW, EARLIER, People, Shown

KINDS = ("n_accepted", "n_duplicate", "n_superseded", "n_quarantined")
TREATED = "treated"


def count_flow(
    study: Study, shown: Shown, steps: Sequence[Row], left: Mapping[str, int], treated: Block
) -> list[Block]:
    """Return a block for each step: how many remain, where those who left since the last such step are enough.

    `left` is the step at which a treated patient left. Before the treated patients nobody is known by name; there the
    numbers themselves must lie a threshold apart.
    """
    last_treated = max((step["step_number"] for step in steps if step["population"] != "cohort"), default=0)
    n_treated = len(study.treated)
    before: int | None = None
    blocks = []
    for step in steps:
        number, n = step["step_number"], step["n_remaining"]
        block = Block(f"flow {number}")
        is_apart = before is None or before - n >= shown.threshold
        if number < last_treated:
            reason: str | None = BELOW
            if treated.partitions and is_apart and n - n_treated >= shown.threshold:
                reason, before = why_not_number(shown, block, n), n
        else:
            reason = _why_not_remaining(study, shown, block, step, left, treated)
        if reason is not None:
            block.reasons["count"] = reason
        block.add(ATTRITION, step, n_remaining=None if reason else rounded(n))
        blocks.append(block)
    return blocks


def count_records(shown: Shown, rows: Sequence[Row]) -> list[Block]:
    """Return a block for each large file: its records, and what became of them where each part is enough."""
    blocks = []
    for row in rows:
        if row["entity"] not in LARGE_FILES:
            continue
        block = Block(f"records {row['entity']}")
        numbers: dict[str, int | None] = dict.fromkeys(("n_raw", *KINDS))
        n_set_aside = row["n_raw"] - row["n_accepted"]
        wanted = ["n_raw"] if row["n_raw"] >= shown.threshold else []
        if wanted and min(row["n_accepted"], n_set_aside) >= shown.threshold:
            wanted.append("n_accepted")
            if min(row[kind] for kind in KINDS) >= shown.threshold:
                wanted += KINDS[1:]
        for column in wanted:
            reason = why_not_number(shown, block, row[column], column)
            if reason is None:
                numbers[column] = rounded(row[column])
            else:
                block.reasons[column] = reason
        block.reasons |= {column: BELOW for column in numbers if column not in wanted}
        block.add(CONSERVATION, row, **numbers)
        blocks.append(block)
    return blocks


def why_not_number(shown: Shown, block: Block, number: int, name: str = "n") -> str | None:
    """Return why a number of nobody in particular may not be shown beside those of earlier releases."""
    key = f"{block.name} {name}"
    if any(0 < abs(number - told) < shown.apart for told in shown.earlier_numbers.get(key, [])):
        return EARLIER
    block.numbers[key] = number
    return None


def _why_not_remaining(
    study: Study, shown: Shown, block: Block, step: Row, left: Mapping[str, int], treated: Block
) -> str | None:
    if not treated.partitions:
        return BELOW
    remaining: People = study.register.people(
        [
            patient
            for patient in study.treated
            if left.get(patient, step["step_number"] + 1) > step["step_number"]
        ]
    )
    if remaining.bit_count() != step["n_remaining"]:
        return BELOW  # the patients of this step are not known by name
    is_everyone = step["population"] != "cohort"
    reason = shown.why_not([remaining], treated.partitions if is_everyone else ())
    if reason is None:
        shown.show([remaining])
        block.partitions.append((remaining,))
    return reason

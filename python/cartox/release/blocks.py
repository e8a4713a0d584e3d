"""A block: what is released of one variable, and on whom it hangs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from cartox.release.rules import CERTAINTY, DESCRIPTIVES, ERAS, NUMBERS, RULES, WORD, columns_of
from cartox.release.sets import Partition

Row: TypeAlias = dict[str, Any]

WITHHELD, AS_OF = "suppressed", "as_of"
CERTAIN = {
    (DESCRIPTIVES, "certainty"): ("median", "count"),
    (DESCRIPTIVES, "q1_certainty"): ("q1",),
    (DESCRIPTIVES, "q3_certainty"): ("q3",),
    (ERAS, "before_certainty"): ("before_count",),
    (ERAS, "from_certainty"): ("from_count",),
}
"""The values that a word of certainty is of: beside a size alone it would tell that some patient's value is a bound."""


@dataclass
class Block:
    """Rows of released tables that are made of the same patients, shown or withheld or repeated together.

    partitions: the sets of people that its counts tell. values: for each set of numbers that are no counts, the value
    of each patient, by the patient's name in the register. numbers: counts that are no sets of known people.
    reasons: why something of it is withheld, by what.
    """

    name: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    partitions: list[Partition] = field(default_factory=list)
    values: dict[str, Mapping[str, str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def add(self, table: str, words: Mapping[str, Any], **shown: Any) -> None:
        """Add a row: the words that its table's rules let through, and of numbers those given, None where withheld.

        The last columns name what is withheld, and the day of the earlier release that a row repeats.
        """
        row: Row = {}
        for column in columns_of(table):
            kind = RULES[table][column]
            row[column] = words.get(column) if kind == WORD else shown.get(column)
        numbers = [column for column in row if RULES[table][column] in NUMBERS]
        for column in row:
            if RULES[table][column] == CERTAINTY and any(
                row[name] is not None for name in CERTAIN.get((table, column), numbers)
            ):
                row[column] = words.get(column)
        gone = [column for column in numbers if column in shown and row[column] is None]
        self.rows.setdefault(table, []).append(row | {WITHHELD: " ".join(gone), AS_OF: None})

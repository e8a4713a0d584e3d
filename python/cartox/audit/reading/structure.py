"""The rows of a printed table put in order: headings, variables and their levels, patients without a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cartox.audit.reading.words import (
    MISSING_LABEL,
    Column,
    Meaning,
    description_and_unit,
    first_said,
    is_statistic_alone,
    meaning,
    size_of,
)


@dataclass
class Row:
    """One row: its number in the file, label, indentation, and the text of its other cells.

    `variable` is set for a level of a variable, `section` for a row below a heading. `said` is what the words
    above the row say, `of` the patients whom they number. `own` and `unit` name what is measured.
    """

    number: int
    label: str
    is_indented: bool
    cells: list[str]
    level: str = ""
    section: str = ""
    variable: str = ""
    said: Meaning = field(default_factory=Meaning)
    of: int | None = None
    own: str = ""
    unit: str = ""

    @property
    def topic(self) -> str:
        """What the row's numbers are about."""
        return f"{self.variable}: {self.own}" if self.variable else self.own


class Rows:
    """Rows of one table in order; `headings` are those that hold no figures of their own."""

    def __init__(self, rows: list[Row], columns: Sequence[Column]) -> None:
        self.columns = columns[1:]
        self.headings: list[Row] = []
        self.rows = self._nested(self._levels(rows))
        for row in self.rows:
            self._name(row)
        self._part_equal_names()

    def _levels(self, rows: list[Row]) -> list[Row]:
        """Give rows with a level in a column of its own the variable whose label stands above them."""
        last: Row | None = None
        for row in rows:
            if row.label or last is None:
                last = row
            if row.level:
                row.variable = description_and_unit(last.label)[0]
                row.said = meaning(last.label)
        return rows

    def _nested(self, rows: list[Row]) -> list[Row]:
        """Give rows their section or variable: a heading with one p-value for its levels is a variable."""
        indents = any(row.is_indented for row in rows)
        place = 0
        found: list[Row] = []
        while place < len(rows):
            heading = rows[place]
            place += 1
            if self.data(heading) or heading.level:
                found.append(heading)
                continue
            block: list[Row] = []
            while place < len(rows) and self.data(rows[place]) and (rows[place].is_indented or not indents):
                if self.p(heading) and self.p(rows[place]) and not indents:
                    break
                block.append(rows[place])
                place += 1
            self._nest(heading, block)
            found += [heading, *block] if self.p(heading) else block
            if not block:
                self.headings.append(heading)
        return found

    def _nest(self, heading: Row, block: list[Row]) -> None:
        name, _ = description_and_unit(heading.label)
        with_p = [row for row in block if self.p(row)]
        counts = not any(meaning(row.label).center for row in block)
        is_variable = bool(self.p(heading)) or (len(block) > 1 and with_p == block[:1] and counts)
        for row in block:
            row.of = size_of(heading.label)
            row.said = first_said(meaning(heading.label), row.said)
            row.variable, row.section = (name, "") if is_variable else ("", name)

    def _name(self, row: Row) -> None:
        row.own, row.unit = description_and_unit(row.label)
        if row.level:
            row.own, row.unit = row.level, ""
            return
        unit = is_statistic_alone(row.label)
        if unit is not None and (row.section or row.variable):
            row.own, row.unit = row.section or row.variable, unit or row.unit
            row.section = row.variable = ""

    def _part_equal_names(self) -> None:
        """Name rows apart that have the same words: levels of different variables, or patients without a value."""
        seen: set[tuple[str, str]] = set()
        last = ""
        for row in self.rows:
            if MISSING_LABEL.fullmatch(row.label) and not row.variable and last:
                row.own = f"{last}, {row.label.strip(' -–—').lower()}"
            elif not row.level:
                last = row.own
            if (row.section, row.topic) in seen:
                row.own = f"{row.own} (row {row.number + 1})"
            seen.add((row.section, row.topic))

    def data(self, row: Row) -> bool:
        """Whether the row has a number of a group or a ratio."""
        return any(
            text.strip() and column.role in ("group", "ratio")
            for text, column in zip(row.cells, self.columns, strict=True)
        )

    def p(self, row: Row) -> str:
        """Text of the row's p-value, "" where it has none."""
        texts = zip(row.cells, self.columns, strict=True)
        return next((text for text, column in texts if column.role == "p" and text.strip()), "")

    def said_by(self, row: Row) -> Meaning:
        """Join what the row's column of statistics, its label and the words above it say."""
        texts = zip(row.cells, self.columns, strict=True)
        named = [meaning(text) for text, column in texts if column.role == "statistic"]
        return first_said(*named, meaning(row.level), meaning(row.label), row.said)

"""Reads the cells of one row, with all that the row and its column say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cartox.audit.reading.cells import (
    PERCENT,
    Around,
    Read,
    clean,
    looks_like_share,
    read_cell,
    read_interval,
    read_p,
)
from cartox.audit.reading.structure import Row, Rows
from cartox.audit.reading.words import (
    COUNTED,
    MISSING_LABEL,
    P_HEADER,
    SIZE_LABEL,
    SURE_UNIT,
    Column,
    Meaning,
    first_said,
    size_of,
)

ABSURD = re.compile(r"[0-9]{16,}|[0-9][eE][+-]?[0-9]{3,}|[0-9]\s*\^\s*[0-9]{3,}")
MEASURED = re.compile(
    r"\b(age|scores?|index|bmi|weight|height|duration|time|level|dose|pressure|rate|scale)\b"
)
"""Words of what is measured, not counted."""
MEASURED_IN_PERCENT = re.compile(
    r"\b(fraction|l?v?ef|intensity|h(a?emato)?crit|hct|saturation|spo2|sao2|predicted|fev1|fvc|dlco|blasts?|ki-?67|"
    r"hba1c|chimerism|viability|purity|change|reduction|decrease|increase|burden|parasit(a?emia)|content|activity)\b"
)
"""Words of what may be measured in percent: a percentage by itself beside them need be no share of the patients."""


class RowReader:
    """Reads rows of one table; `questions` are cells that the file itself leaves unclear."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Rows,
        mark: str,
        noted: Meaning,
        questions: Mapping[tuple[int, int], str],
    ) -> None:
        self.columns, self.rows, self.mark, self.noted = columns, rows, mark, noted
        self.questions = questions

    def read(self, row: Row, c: int, text: str, column: Column) -> Read:
        """Read one cell. Raises ValueError for a number that no study prints."""
        if ABSURD.search(text):
            raise ValueError(f"row {row.number + 1}, column {c + 1}: a number that no study prints")
        if (row.number, c) in self.questions:
            return Read(question=self.questions[row.number, c])
        if column.role not in ("p", "group", "ratio", "interval"):
            return Read()
        if column.question:
            return Read(question=column.question)
        if not row.label and not row.level:
            return Read(question="which row is this? the label is empty")
        if column.role == "p":
            return read_p(text, self.mark)
        if column.role == "interval":
            return read_interval(text, self.mark)
        if P_HEADER.fullmatch(row.label.lower().strip(" .")):
            return Read(question="is this a p-value? write it into a column of its own")
        return self._of_group(row, text, column)

    def _of_group(self, row: Row, text: str, column: Column) -> Read:
        if column.part == "percent" and re.fullmatch(r"\s*[0-9.,]+\s*", text):
            return read_cell(f"{text.strip()}%", self.mark, Around())
        said = self.rows.said_by(row)
        if column.part == "count" and not said.center:
            return read_cell(text, self.mark, Around(Meaning(counts=True), size=column.size))
        nearest = first_said(column.said, said) if column.role == "ratio" else first_said(said, column.said)
        has_unit = self._has_unit(row)
        around = Around(
            said=nearest,
            noted=self.noted,
            size=column.size if self._shares(row) and not has_unit and not nearest.center else None,
            counts=not has_unit and self._counts(row, nearest),
            has_unit=has_unit,
            in_percent=self._in_percent(row),
            part=column.part,
        )
        return read_cell(text, self.mark, around)

    def _has_unit(self, row: Row) -> bool:
        """Whether the row is about something measured: by its unit, or by its words."""
        units = [t.strip() for t, c in zip(row.cells, self.rows.columns, strict=True) if c.role == "unit"]
        row.unit = next((unit for unit in units if unit not in ("", "%", "n")), row.unit)
        is_measured = MEASURED.search(row.label.lower()) is not None and not row.variable
        return SURE_UNIT.fullmatch(row.unit) is not None or (is_measured and not self._signed(row))

    def _in_percent(self, row: Row) -> bool:
        """Whether the row's percentages may be measured values: by its words, or since one is above 100."""
        percents = [PERCENT.fullmatch(clean(text, self.mark)) for text in self._cells(row)]
        return MEASURED_IN_PERCENT.search(f"{row.variable} {row.label}".lower()) is not None or any(
            float(match[1]) > 100 for match in percents if match
        )

    def _signed(self, row: Row) -> bool:
        """Whether a cell of the row says by itself that it is a share: a percent sign, or a base."""
        return any(looks_like_share(text, self.mark, None) for text in self._cells(row))

    def _shares(self, row: Row) -> bool:
        """Whether all cells of the row that look like a count with its percentage are so for their group."""
        pairs = zip(row.cells, self.rows.columns, strict=True)
        looks = [looks_like_share(t, self.mark, c.size) for t, c in pairs if c.role == "group" and t.strip()]
        return any(looks) and all(look is not False for look in looks)

    def _counts(self, row: Row, said: Meaning) -> bool:
        """Whether a whole number by itself is a count in this row."""
        if said.percent and not said.counts:
            return False
        return (
            SIZE_LABEL.fullmatch(row.label) is not None
            or MISSING_LABEL.fullmatch(row.label) is not None
            or COUNTED.search(f"{row.label} {row.level}") is not None
            or (self.noted.counts and not self.noted.center)
            or self._shares(row)
        )

    def _cells(self, row: Row) -> list[str]:
        pairs = zip(row.cells, self.rows.columns, strict=True)
        return [text for text, column in pairs if column.role == "group" and text.strip()]

    def measured(self, row: Row) -> dict[str, int]:
        """Give how many patients of each group, and of both, have a value, as far as the row prints it."""
        found: dict[str, int] = {}
        if of_row := size_of(row.label):
            found["both"] = of_row
        for text, column in zip(row.cells, self.rows.columns, strict=True):
            number = clean(text, self.mark)
            if column.role == "measured" and re.fullmatch(r"[0-9]{1,9}", number) and not column.question:
                found[column.name] = int(number)
        of_groups = [count for name, count in found.items() if name != "both"]
        n_groups = len({c.name for c in self.columns if c.role == "group" and c.name != "all"})
        if len(of_groups) == n_groups > 0 and "both" not in found:
            found["both"] = sum(of_groups)
        return found

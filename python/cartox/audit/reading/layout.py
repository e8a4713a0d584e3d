"""A printed table understood: rows, their variables and levels, and every cell's figures or question."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from cartox.audit.conventions.rules import StatedRules, read_rules
from cartox.audit.reading.cells import Part, Read, decimal_mark, read_cell, read_p
from cartox.audit.reading.columns import Column, header_rows, read_columns
from cartox.audit.reading.figure import Figure, PrintedTable, ReadCell
from cartox.audit.reading.grid import Grid
from cartox.audit.reading.long_form import MOST_FIGURES
from cartox.audit.reading.words import SIZE, Meaning, description_and_unit, first_said, meaning

RULES = re.compile(r"\s*rules\s*:\s*(.+)", re.IGNORECASE)
ABSURD = re.compile(r"[0-9]{16,}|[0-9][eE][+-]?[0-9]{3,}|[0-9]\s*\^\s*[0-9]{3,}")
SIZE_LABEL = re.compile(
    r"(n|no\.?|number( of)?( patients| subjects| participants)?|patients|subjects|participants)(, ?n)?",
    re.IGNORECASE,
)


@dataclass
class _Row:
    """One row: its number in the file, label, indentation, and the text of its other cells."""

    number: int
    label: str
    is_indented: bool
    cells: list[str]
    section: str = ""
    variable: str = ""
    said: Meaning = field(default_factory=Meaning)


def read_grids(grids: list[Grid]) -> PrintedTable:
    """Read every table of a file. Raises ValueError with one line."""
    if not grids:
        raise ValueError("the file holds no table")
    figures: list[Figure] = []
    cells: list[ReadCell] = []
    rules: list[str] = []
    for place, grid in enumerate(grids):
        lines = [*grid.notes, *(row[0] for row in grid.cells)]
        rules += [match[1] for match in map(RULES.fullmatch, lines) if match and match[1] not in rules]
        reader = _Layout(grid, f"table {place + 1}" if len(grids) > 1 else "", {f.figure_id for f in figures})
        reader.read()
        figures += reader.figures
        cells += reader.cells
        if len(figures) > MOST_FIGURES:
            raise ValueError(f"more than {MOST_FIGURES} figures")
    return PrintedTable(figures, read_rules("; ".join(rules)) if rules else StatedRules(), cells)


class _Layout:
    def __init__(self, grid: Grid, title: str, taken: set[str]) -> None:
        self.grid, self.title, self.taken = grid, title, set(taken)
        self.figures: list[Figure] = []
        self.cells: list[ReadCell] = []
        self.n_header = header_rows(grid)
        self.columns = read_columns(grid, self.n_header)
        self.mark = decimal_mark([text for row in grid.cells[self.n_header :] for text in row[1:]])
        self.noted = first_said(*(meaning(note) for note in grid.notes))

    def read(self) -> None:
        """Read header sizes, then every row."""
        for c, column in enumerate(self.columns):
            self._read_header(c, column)
        rows = [self._row(r) for r in range(self.n_header, len(self.grid.cells))]
        for row in self._structured([row for row in rows if row is not None]):
            self._read_row(row)

    def _read_header(self, c: int, column: Column) -> None:
        words = {
            "label": "labels of rows",
            "p": "p-values",
            "unit": "units",
            "ratio": "ratio with its interval",
        }
        reading = words.get(column.role, "left out: no study group")
        if column.role == "group":
            reading = f"study group {column.name}" + (
                f" of {column.size}" if column.size else ", size not printed"
            )
            first = not any(
                f.study_group == column.name and f.description == "patients" for f in self.figures
            )
            if column.size and first:
                self._add(
                    "patients", column.name, Part("count", str(column.size)), "patients", self.n_header, ""
                )
        text = " ".join(dict.fromkeys(row[c] for row in self.grid.spanned[: self.n_header] if row[c].strip()))
        self.cells.append(ReadCell(self.n_header, c + 1, text, reading))

    def _row(self, r: int) -> _Row | None:
        texts = self.grid.cells[r]
        if not any(text.strip() for text in texts) or RULES.fullmatch(texts[0]):
            return None
        label = " ".join(texts[0].split())
        spans = {text.strip() for text in self.grid.spanned[r]}
        cells = [""] * (len(texts) - 1) if len(spans) == 1 and len(texts) > 2 and label else texts[1:]
        return _Row(r, label, texts[0][:1] in (" ", "\t", "\u00a0"), cells)

    def _structured(self, rows: list[_Row]) -> list[_Row]:
        """Give rows their section or variable: a heading with one p-value for its levels is a variable."""
        indents = any(row.is_indented for row in rows)
        place = 0
        found: list[_Row] = []
        while place < len(rows):
            heading = rows[place]
            place += 1
            if any(self._data(heading)):
                found.append(heading)
                continue
            block: list[_Row] = []
            while (
                place < len(rows)
                and any(self._data(rows[place]))
                and (rows[place].is_indented or not indents)
            ):
                if self._p(heading) and self._p(rows[place]) and not indents:
                    break
                block.append(rows[place])
                place += 1
            self._nest(heading, block)
            found += [heading, *block] if self._p(heading) else block
            if not block:
                self.cells.append(
                    ReadCell(heading.number + 1, 1, heading.label, "a note or heading, no figures")
                )
        return found

    def _nest(self, heading: _Row, block: list[_Row]) -> None:
        name, _ = description_and_unit(heading.label)
        with_p = [row for row in block if self._p(row)]
        is_variable = bool(self._p(heading)) or (len(block) > 1 and with_p == block[:1])
        for row in block:
            row.said = meaning(heading.label)
            row.variable, row.section = (name, "") if is_variable else ("", name)

    def _data(self, row: _Row) -> list[str]:
        return [
            text for text, column in zip(row.cells, self.columns[1:], strict=True)
            if text.strip() and column.role in ("group", "ratio")
        ]  # fmt: skip

    def _p(self, row: _Row) -> str:
        texts = [
            t
            for t, column in zip(row.cells, self.columns[1:], strict=True)
            if column.role == "p" and t.strip()
        ]
        return texts[0] if texts else ""

    def _read_row(self, row: _Row) -> None:
        description, unit = description_and_unit(row.label)
        units = [t.strip() for t, c in zip(row.cells, self.columns[1:], strict=True) if c.role == "unit"]
        unit = next(filter(None, units), unit)
        of_row = SIZE.search(row.label)
        n_values = int(of_row[1].replace(",", "")) if of_row and len(of_row[1]) < 12 else None
        said = first_said(meaning(row.label), row.said)
        own = f"{row.variable}: {description}" if row.variable else description
        is_size = SIZE_LABEL.fullmatch(row.label) is not None
        for c, (text, column) in enumerate(zip(row.cells, self.columns[1:], strict=True), start=1):
            if not text.strip() and (row.number, c) not in self.grid.questions:
                continue
            read = self._read_cell(row, c, text, column, said)
            topic = row.variable if column.role == "p" and row.variable else own
            for part in read.parts:
                group = "both" if column.role == "p" else column.name
                denominator = n_values if column.role == "p" else None
                name = "patients" if is_size and part.statistic == "count" else topic
                self._add(name, group, part, unit, row.number + 1, row.section, denominator)
            reading = read.reading if column.role in ("group", "p", "ratio") else "left out"
            self.cells.append(ReadCell(row.number + 1, c + 1, text, reading, read.question))

    def _read_cell(self, row: _Row, c: int, text: str, column: Column, said: Meaning) -> Read:
        if ABSURD.search(text):
            raise ValueError(f"row {row.number + 1}, column {c + 1}: a number that no study prints")
        if (row.number, c) in self.grid.questions:
            return Read(question=self.grid.questions[row.number, c])
        if column.role == "p":
            return read_p(text, self.mark)
        if column.role not in ("group", "ratio"):
            return Read()
        if column.part == "percent" and re.fullmatch(r"\s*[0-9.,]+\s*", text):
            return read_cell(f"{text.strip()}%", Meaning(), self.mark)
        if column.part == "count" and not said.center:
            return read_cell(text, Meaning(counts=True), self.mark, column.size)
        nearest = first_said(column.said, said) if column.role == "ratio" else first_said(said, column.said)
        own_words = nearest.center or nearest.counts or nearest.ratio
        return read_cell(
            text, nearest if own_words else first_said(nearest, self.noted), self.mark, column.size
        )

    def _add(
        self,
        description: str,
        group: str,
        part: Part,
        unit: str,
        row: int,
        section: str,
        denominator: int | None = None,
    ) -> None:
        base = "_".join(filter(None, map(_slug, (section, description, group, part.statistic))))[:80]
        name, copies = base, 1
        while name in self.taken:
            copies += 1
            name = f"{base}_{copies}"
        self.taken.add(name)
        unit = "%" if part.statistic == "percent" else unit
        self.figures.append(
            Figure(
                figure_id=name,
                section=" ".join(filter(None, (self.title, section))),
                description=description,
                study_group=group,
                statistic=part.statistic,
                reported=Decimal(part.digits),
                decimals=len(part.digits.partition(".")[2]),
                numerator=int(part.numerator) if part.numerator else None,
                denominator=int(part.denominator) if part.denominator else denominator,
                unit=unit,
                row=row,
            )
        )


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")

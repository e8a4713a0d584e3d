"""A printed table understood: every cell's figures or question."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from cartox.audit.conventions.rules import StatedRules, read_rules
from cartox.audit.reading.cells import Part, Read, decimal_mark
from cartox.audit.reading.columns import read_columns
from cartox.audit.reading.figure import MOMENTS, ORDER, Figure, PrintedTable, ReadCell
from cartox.audit.reading.grid import Grid
from cartox.audit.reading.headers import header_rows
from cartox.audit.reading.long_form import MOST_FIGURES
from cartox.audit.reading.row_cells import RowReader
from cartox.audit.reading.structure import Row, Rows
from cartox.audit.reading.words import MISSING_LABEL, SIZE_LABEL, Column, meaning, size_of
from cartox.audit.rounding import whole_counts

RULES = re.compile(r"\s*rules\s*:\s*(.+)", re.IGNORECASE)
HEADINGS = {
    "label": "labels of rows",
    "level": "labels of levels",
    "statistic": "names of statistics",
    "measured": "patients with a value",
    "p": "p-values",
    "unit": "units",
    "ratio": "ratio with its interval",
    "interval": "interval of the ratio before",
    "other": "left out: no study group",
}


def read_grids(grids: list[Grid]) -> PrintedTable:
    """Read every table of a file. Raises ValueError with one line."""
    grids = [grid for grid in grids if grid.width]
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
        titles = [row[0] for row in grid.spanned if len({t.strip() for t in row if t.strip()}) == 1]
        self.noted = meaning("; ".join([*grid.notes, *titles]))

    def read(self) -> None:
        """Read header sizes, then every row."""
        for c, column in enumerate(self.columns):
            self._read_header(c, column)
        rows = [self._row(r) for r in range(self.n_header, len(self.grid.cells))]
        ordered = Rows([row for row in rows if row is not None], self.columns)
        for row in ordered.headings:
            self.cells.append(ReadCell(row.number + 1, 1, row.label, "a note or heading, no figures"))
        reader = RowReader(self.columns, ordered, self.mark, self.noted, self.grid.questions)
        for row in ordered.rows:
            self._read_row(row, reader)

    def _read_header(self, c: int, column: Column) -> None:
        reading = HEADINGS.get(column.role, "")
        if column.role == "group":
            is_first = not any(one.name == column.name and one.role == "group" for one in self.columns[:c])
            has_row = any(SIZE_LABEL.fullmatch(row[0].strip()) for row in self.grid.cells[self.n_header :])
            size = f" of {column.size}" if column.size else ", size not printed"
            reading = f"study group {column.name}{size}"
            if column.size and is_first and not has_row and not column.question:
                self._add("patients", column.name, Part("count", str(column.size)), "patients", self.n_header)
        text = " ".join(dict.fromkeys(row[c] for row in self.grid.spanned[: self.n_header] if row[c].strip()))
        self.cells.append(ReadCell(self.n_header, c + 1, text, reading, column.question))

    def _row(self, r: int) -> Row | None:
        texts, spanned = self.grid.cells[r], self.grid.spanned[r]
        if not any(text.strip() for text in texts) or RULES.fullmatch(texts[0]):
            return None
        spans = {text.strip() for text in spanned}
        is_line = len(spans) == 1 and len(texts) > 2
        cells = [""] * (len(texts) - 1) if is_line and texts[0].strip() else texts[1:]
        label = " ".join((texts[0] if texts[0].strip() or is_line else spanned[0]).split())
        has_level = len(self.columns) > 1 and self.columns[1].role == "level"
        level = " ".join(cells[0].split()) if has_level else ""
        return Row(r, label, texts[0][:1] in (" ", "\t", "\u00a0"), cells, level)

    def _read_row(self, row: Row, reader: RowReader) -> None:
        n_values = reader.measured(row)
        before = len(self.figures)
        for c, (text, column) in enumerate(zip(row.cells, self.columns[1:], strict=True), start=1):
            if not text.strip() and (row.number, c) not in self.grid.questions:
                continue
            read = reader.read(row, c, text, column)
            for part in read.parts:
                self._add_part(row, column, part, n_values)
            self.cells.append(ReadCell(row.number + 1, c + 1, text, _reading(column, read), read.question))
        if MISSING_LABEL.fullmatch(row.level or row.label):
            self._leave_out(self.figures[before:], before)

    def _leave_out(self, unknown: list[Figure], before: int) -> None:
        """Take patients without a value, that a row counts, from the denominators of the variable above it."""
        variable = self.figures[before - 1].description.split(": ")[0] if before else ""
        sizes = {column.name: column.size for column in self.columns if column.role == "group"}
        known = {
            one.study_group: size - int(one.reported)
            for one in unknown
            if one.statistic == "count" and one.numerator is None and (size := sizes.get(one.study_group))
        }
        for place, figure in enumerate(self.figures[:before]):
            n = known.get(figure.study_group, 0)
            if n < 1 or figure.denominator or figure.description.split(": ")[0] != variable:
                continue
            is_of_all = figure.numerator in whole_counts(
                figure.reported, figure.decimals, sizes[figure.study_group] or 0
            )
            if figure.statistic in (*ORDER, *MOMENTS) or (figure.statistic == "percent" and not is_of_all):
                self.figures[place] = replace(figure, denominator=n)

    def _add_part(self, row: Row, column: Column, part: Part, n_values: dict[str, int]) -> None:
        is_p = column.role == "p"
        group = "both" if is_p else column.name
        is_size = SIZE_LABEL.fullmatch(row.label) is not None and part.statistic == "count"
        name = "patients" if is_size else row.variable if is_p and row.variable else row.topic
        denominator = n_values.get(group)
        if part.statistic in ("count", "percent") and part.denominator:
            denominator = int(part.denominator)
        if column.role in ("ratio", "interval") or is_size:
            denominator = None
        elif denominator is None and column.role == "group":
            denominator = self._of_label(row, column, part)
        self._add(name, group, part, row.unit, row.number + 1, row.section, denominator)

    def _of_label(self, row: Row, column: Column, part: Part) -> int | None:
        """Give the patients that a row's label, or the heading above it, numbers, where the figure is out of them.

        A count says so by its percentage; of a median or mean the label of the only group does.
        """
        found = [n for n in (size_of(row.label), row.of) if n and (not column.size or n <= column.size)]
        if part.statistic in (*ORDER, *MOMENTS):
            names = {one.name for one in self.columns if one.role == "group"}
            return found[0] if found and len(names) == 1 else None
        if part.statistic != "percent" or not part.numerator:
            return None
        printed, decimals = Decimal(part.digits), len(part.digits.partition(".")[2])
        fitting = [n for n in found if int(part.numerator) in whole_counts(printed, decimals, n)]
        of_all = column.size and int(part.numerator) in whole_counts(printed, decimals, column.size)
        return fitting[0] if fitting and not of_all else None

    def _add(
        self, description: str, group: str, part: Part, unit: str, row: int,
        section: str = "", denominator: int | None = None,
    ) -> None:  # fmt: skip
        base = "_".join(filter(None, map(_slug, (section, description, group, part.statistic))))[:80]
        name, copies = base, 1
        while name in self.taken:
            copies += 1
            name = f"{base}_{copies}"
        self.taken.add(name)
        figure = Figure(
            figure_id=name,
            section=" ".join(filter(None, (self.title, section))),
            description=description,
            study_group=group,
            statistic=part.statistic,
            reported=Decimal(part.digits),
            decimals=len(part.digits.partition(".")[2]),
            numerator=int(part.numerator) if part.numerator else None,
            denominator=denominator,
            unit=unit,
            row=row,
        )
        self.figures.append(replace(figure, unit="%") if part.statistic == "percent" else figure)


def _reading(column: Column, read: Read) -> str:
    if column.role in ("group", "p", "ratio", "interval"):
        return read.reading
    return "left out" if column.role == "other" else HEADINGS[column.role]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")

"""Figures and tables as files: tables as CSV and Word, and of each figure its CSV and what its picture is drawn from."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cartox.report.page.blocks import Drawing, Figure, MadeTable, Section, Spec, Table
from cartox.report.page.methods import SHEET
from cartox.report.page.methods_word import write_methods_word
from cartox.report.page.study import Study
from cartox.report.page.table_one import NAME as TABLE_ONE
from cartox.report.page.table_one_word import write_table_one
from cartox.report.page.theme import LIGHT, PICTURE_FONT, picture_spec
from cartox.report.reading import Record
from cartox.spreadsheets import safe_cell
from cartox.synthetic_mark import SHORT

FOLDERS = ("figures", "tables")
NOTE_HEIGHT = 24
WORD_FILES = {SHEET: write_methods_word, TABLE_ONE: write_table_one}
"""What writes the Word file of a table, by the table's name."""

UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
LONGEST_STEM = 100
SIZE = re.compile(r'viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)" width="[\d.]+" height="[\d.]+"')
FLOW_STYLE = (
    "<style>.flow-text,.flow-strong{fill:%(ink)s;font-family:%(font)s}.flow-strong{font-weight:bold}"
    ".flow-box{fill:%(paper)s;stroke:%(line)s}.flow-fill{fill:%(sunken)s}.flow-accent{stroke:%(accent)s}"
    ".flow-responder{stroke:%(responder)s}.flow-non-responder{stroke:%(non-responder)s}"
    ".flow-arrow{stroke:%(ink-soft)s;fill:none}.flow-head{fill:%(ink-soft)s}</style>"
)


@dataclass(frozen=True)
class Pictures:
    """What is to be drawn: charts as Vega-Lite and drawings as SVG, by the path of their files without an ending."""

    charts: Mapping[str, Spec]
    drawings: Mapping[str, str]


def write_files(study: Study, sections: Sequence[Section], folder: Path) -> Pictures:
    """Write the tables of all figures and tables into `folder`/figures and `folder`/tables; return the pictures to draw."""
    note = SHORT if study.is_synthetic else ""
    charts: dict[str, Spec] = {}
    drawings: dict[str, str] = {}
    figures, tables = (folder / part for part in FOLDERS)
    figures.mkdir(exist_ok=True)
    tables.mkdir(exist_ok=True)
    for block in (block for section in sections for block in section.blocks):
        if isinstance(block, Figure):
            for panel in block.panels:
                stem = _stem(panel.name)
                charts[str(figures / stem)] = picture_spec(panel.spec, note)
                write_csv(panel.rows, figures / f"{stem}.csv")
            if block.numbers:
                _write_table(block.numbers, tables)
        elif isinstance(block, Drawing):
            stem = _stem(block.name)
            drawings[str(figures / stem)] = _standing_alone(block.wide, note)
            write_csv(block.rows, figures / f"{stem}.csv")
        elif isinstance(block, Table):
            _write_table(block, tables)
        elif isinstance(block, MadeTable):
            write_csv(block.rows, tables / f"{_stem(block.name)}.csv")
        if isinstance(block, Table | MadeTable) and block.is_word:
            WORD_FILES[block.name](study, tables / f"{_stem(block.name)}.docx")
    return Pictures(charts, drawings)


def write_csv(rows: Sequence[Record], file: Path) -> None:
    """Write rows as CSV; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    with file.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        if rows:
            writer.writerow(rows[0].keys())
        writer.writerows([[safe_cell(value) for value in row.values()] for row in rows])


def _write_table(table: Table, folder: Path) -> None:
    keys = [column.key for column in table.columns]
    rows: Iterable[Record] = (
        table.exported
        if table.exported is not None
        else [{key: row[key] for key in keys} for row in table.rows]
    )
    write_csv(list(rows), folder / f"{_stem(table.name)}.csv")


def _stem(name: str) -> str:
    """Return a file's name that leads into no other folder: names of analytes and toxicities are cells of the warehouse."""
    return UNSAFE.sub("_", name)[:LONGEST_STEM]


def _standing_alone(svg: str, note: str) -> str:
    """Return the page's drawing with the styles that the page gives it, and a note below."""
    if note:
        svg = _with_note(svg, note)
    style = FLOW_STYLE % {**LIGHT, "font": PICTURE_FONT}
    background = f'<rect width="100%" height="100%" fill="{LIGHT["paper"]}"/>'
    return svg.replace("</title>", f"</title>{style}{background}", 1)


def _with_note(svg: str, note: str) -> str:
    """Make room for a line below a drawing and write it there."""
    found = SIZE.search(svg)
    if found is None:
        raise ValueError("a drawing without its size")
    width, height = found["width"], float(found["height"]) + NOTE_HEIGHT
    size = f'viewBox="0 0 {width} {height:g}" width="{width}" height="{height:g}"'
    text = f'<text x="{width}" y="{height - 6:g}" text-anchor="end" font-size="11" class="flow-text">{note}</text>'
    return svg.replace(found[0], size, 1).replace("</svg>", f"{text}</svg>")

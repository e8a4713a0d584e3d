"""Table 1 as a Word file, for a manuscript."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table

from cartox.report.page.study import Study
from cartox.report.page.table_one import SHOWN_GROUPS, TEST_HEADINGS, TESTS, read_table_one
from cartox.synthetic_mark import SENTENCE

WIDTHS_CM = (4.9, 3.4, 3.4, 3.5, 4.2, 1.6, 1.4, 1.4)


def write_table_one(study: Study, file: Path) -> None:
    """Write Table 1 with its footnotes; landscape, as its columns need."""
    table = read_table_one(study)
    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    page.left_margin = page.right_margin = Cm(2)
    document.styles["Normal"].font.size = Pt(9)
    if study.is_synthetic:
        document.add_paragraph().add_run(SENTENCE).bold = True
    document.add_paragraph(
        f"Table 1. Patients given {study.drug} for {study.toxicity}, by response", style="Caption"
    )
    headings = ["", *(heading for _, heading in table.headings), *TEST_HEADINGS]
    grid = document.add_table(rows=1, cols=len(headings), style="Light List")
    for cell, heading in zip(grid.rows[0].cells, headings, strict=True):
        cell.text = heading
    section = None
    for row in table.rows:
        if row["section"] != section:
            section = row["section"]
            grid.add_row().cells[0].text = section
        cells = grid.add_row().cells
        cells[0].text = row["characteristic"]
        for cell, key in zip(cells[1:], (*SHOWN_GROUPS, *TESTS), strict=True):
            cell.text = row[key]
            if key == "p" and row["method_number"]:
                mark = cell.paragraphs[0].add_run(f" {row['method_number']}")
                mark.font.superscript = True
        for run in cells[0].paragraphs[0].runs:
            run.bold = False
    _lay_out(grid)
    for place, method in enumerate(table.methods, start=1):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{place} ").font.superscript = True
        paragraph.add_run(f"{method}.")
    for note in table.notes:
        document.add_paragraph(note)
    document.save(str(file))


def _lay_out(grid: Table) -> None:
    """Give each column the room it needs, break no row between pages and repeat the headings on each."""
    grid.autofit = False
    for column, width in zip(grid.columns, WIDTHS_CM, strict=True):
        column.width = Cm(width)
    for place, row in enumerate(grid.rows):
        for cell, width in zip(row.cells, WIDTHS_CM, strict=True):
            cell.width = Cm(width)
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))

"""The methods and the sheet of STROBE and RECORD as a Word file, for a manuscript."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.shared import Pt

from cartox.report.page.methods import SENTENCES, methods_paragraphs, reporting_sheet
from cartox.report.page.study import Study
from cartox.report.page.word_pages import lay_out, turn_landscape
from cartox.synthetic_mark import SENTENCE

HEADINGS = {"item": "Item", "asks": "Asks for", "status": "Status", "answer": "Answer", "open_reason": "Open"}
WIDTHS_CM = (2.4, 4.4, 2.4, 10.4, 4.2)


def write_methods_word(study: Study, file: Path) -> None:
    """Write a paragraph for each topic and one row for each item; landscape, as the sheet needs."""
    document = Document()
    turn_landscape(document)
    document.styles["Normal"].font.size = Pt(9)
    if study.is_synthetic:
        document.add_paragraph().add_run(SENTENCE).bold = True
    document.add_heading("Methods", level=1)
    for heading, text in methods_paragraphs(study.rows(SENTENCES)):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{heading}. ").bold = True
        paragraph.add_run(text)
    document.add_heading("STROBE and RECORD", level=1)
    grid = document.add_table(rows=1, cols=len(HEADINGS), style="Light List")
    for cell, heading in zip(grid.rows[0].cells, HEADINGS.values(), strict=True):
        cell.text = heading
    for row in reporting_sheet(study):
        named = row | {"item": f"{row['guideline']} {row['item']}"}
        for cell, key in zip(grid.add_row().cells, HEADINGS, strict=True):
            cell.text = named[key]
    lay_out(grid, WIDTHS_CM)
    document.save(str(file))

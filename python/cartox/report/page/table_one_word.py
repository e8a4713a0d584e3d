"""Table 1 as a Word file, for a manuscript."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.shared import Pt

from cartox.report.page.study import Study
from cartox.report.page.table_one import SHOWN_GROUPS, TEST_HEADINGS, TESTS, read_table_one
from cartox.report.page.word_pages import lay_out, turn_landscape
from cartox.synthetic_mark import SENTENCE

WIDTHS_CM = (4.9, 3.4, 3.4, 3.5, 4.2, 1.4, 1.6, 1.4)


def write_table_one(study: Study, file: Path) -> None:
    """Write Table 1 with its footnotes; landscape, as its columns need."""
    table = read_table_one(study)
    document = Document()
    turn_landscape(document)
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
    lay_out(grid, WIDTHS_CM)
    for place, method in enumerate(table.methods, start=1):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{place} ").font.superscript = True
        paragraph.add_run(f"{method}.")
    for note in table.notes:
        document.add_paragraph(note)
    document.save(str(file))

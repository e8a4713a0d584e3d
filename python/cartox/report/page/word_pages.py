"""How the report's Word files are laid out."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Cm
from docx.table import Table


def turn_landscape(document: Document) -> None:
    """Turn the page, with margins of 2 cm at its sides."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    page.left_margin = page.right_margin = Cm(2)


def lay_out(grid: Table, widths_cm: Sequence[float]) -> None:
    """Give each column the room it needs, break no row between pages and repeat the headings on each."""
    grid.autofit = False
    for column, width in zip(grid.columns, widths_cm, strict=True):
        column.width = Cm(width)
    for place, row in enumerate(grid.rows):
        for cell, width in zip(row.cells, widths_cm, strict=True):
            cell.width = Cm(width)
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))

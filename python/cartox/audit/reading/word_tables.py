"""Grids of Word files, unfolded from their XML: what a span claims is checked before it is laid out."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from cartox.audit.reading.archives import check_archive
from cartox.audit.reading.grid import LARGEST_SPAN, Grid, check_size, is_power

MOST_TABLES = 200
CHANGES = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))
HIDDEN = tuple(map(qn, ("w:vanish", "w:strike", "w:dstrike")))
TEXTS = tuple(map(qn, ("w:t", "w:tab", "w:br", "w:noBreakHyphen")))
VALUE = qn("w:val")


def read_word(content: bytes) -> list[Grid]:
    """Read every table of a Word file; superscripts are footnote marks, paragraphs are notes. Raises ValueError."""
    check_archive(content)
    try:
        body = Document(BytesIO(content)).element.body
    except Exception:  # an archive that is no Word file fails anywhere within the reader
        raise ValueError("the file is not a readable Word file") from None
    tables = body.findall(qn("w:tbl"))
    if len(tables) > MOST_TABLES:
        raise ValueError(f"more than {MOST_TABLES} tables")
    notes = [_paragraph(one, "").strip() for one in body.findall(qn("w:p"))]
    grids = [_table(table) for table in tables]
    for grid in grids:
        grid.notes = [note for note in notes if note]
    return grids


def _table(table: Any) -> Grid:
    """Lay a table out; a cell that continues the one above it, or is spanned, is empty and covered by its text."""
    if any(True for _ in table.iter(*CHANGES)):
        raise ValueError("the table has tracked changes; accept or reject them first")
    cells: list[list[str]] = []
    spanned: list[list[str]] = []
    laid = 0
    for row in table.iter(qn("w:tr")):
        skipped = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        shown, covered = [""] * skipped, [""] * skipped
        for cell in row.iter(qn("w:tc")):
            text = _cell(cell)
            continues, span = _spans(cell)
            above = spanned[-1][len(covered)] if spanned and len(covered) < len(spanned[-1]) else ""
            shown += ["" if continues else text, *[""] * (span - 1)]
            covered += [above if continues else text] * span
            check_size(laid + len(shown), 1, len(text))
        laid += len(shown)
        cells.append(shown)
        spanned.append(covered)
    width = max(map(len, cells), default=0)
    check_size(len(cells), width, 0)
    for texts in (*cells, *spanned):
        texts.extend([""] * (width - len(texts)))
    return Grid(cells, spanned)


def _spans(cell: Any) -> tuple[bool, int]:
    """Whether the cell continues the one above it, and how many columns it covers."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return False, 1
    merged = properties.find(qn("w:vMerge"))
    continues = merged is not None and merged.get(VALUE, "continue") == "continue"
    return continues, max(1, _number(properties.find(qn("w:gridSpan")), 1))


def _number(element: Any, default: int) -> int:
    text = "" if element is None else element.get(VALUE, "")
    if not (text.isascii() and text.isdigit()):
        return default
    if len(text) > 6 or int(text) > LARGEST_SPAN:
        raise ValueError(f"a cell spans more than {LARGEST_SPAN} cells")
    return int(text)


def _cell(cell: Any) -> str:
    """Text of a cell with that of its links and fields."""
    if any(True for _ in cell.iter(qn("w:tbl"))):
        raise ValueError("a table stands within a cell of a table")
    text = ""
    is_indented = False
    for paragraph in cell.iter(qn("w:p")):
        text = _paragraph(paragraph, f"{text} " if text else "")
        indent = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        is_indented |= indent is not None and any(
            indent.get(qn(side), "0") not in ("0", "") for side in ("w:left", "w:start")
        )
    text = text.rstrip()
    return f"\u00a0{text.strip()}" if is_indented or text[:1] in (" ", "\t", "\u00a0") else text


def _paragraph(paragraph: Any, before: str) -> str:
    text = before
    for run in paragraph.iter(qn("w:r")):
        text += _run(run, text)
    return text


def _run(run: Any, before: str) -> str:
    properties = run.find(qn("w:rPr"))
    marks = {} if properties is None else {child.tag: child.get(VALUE, "1") for child in properties}
    if any(marks.get(tag, "0") not in ("0", "false") for tag in HIDDEN):
        raise ValueError("a cell holds text that is hidden or struck out; leave what is displayed")
    signs = {TEXTS[1]: " ", TEXTS[2]: " ", TEXTS[3]: "-"}
    text = "".join(signs.get(part.tag) or part.text or "" for part in run.iter(*TEXTS))
    if marks.get(qn("w:vertAlign")) == "superscript":
        return f"^{text}" if is_power(before) else ""
    return text

"""Writes the letter to a file, as Markdown or Word."""

from __future__ import annotations

from pathlib import Path

from cartox.audit.letter.contents import Block, letter_blocks
from cartox.audit.letter.report import AuditReport
from cartox.errors import UserError


def write_letter(report: AuditReport, path: Path) -> None:
    """Write the letter; the file's ending says how.

    Raises
    ------
    UserError : the ending is neither .md nor .docx, or the file cannot be written.

    """
    blocks = letter_blocks(report)
    try:
        if path.suffix.lower() == ".md":
            path.write_text(as_markdown(blocks), encoding="utf-8")
        elif path.suffix.lower() == ".docx":
            _write_word(blocks, path)
        else:
            raise UserError(f"{path}: a letter is written as .md or .docx")
    except OSError as problem:
        raise UserError(f"{path}: the letter cannot be written ({problem.strerror})") from None


def as_markdown(blocks: list[Block]) -> str:
    """Write blocks as Markdown."""
    lines: list[str] = []
    for block in blocks:
        if block.kind.startswith("heading"):
            lines += [f"{'#' * int(block.kind[-1])} {block.text}", ""]
        elif block.kind == "item":
            lines.append(f"- {_escape(block.text)}")
        elif block.kind == "table":
            lines += [
                "",
                _row(block.rows[0]),
                _row(["---"] * len(block.rows[0])),
                *map(_row, block.rows[1:]),
                "",
            ]
        else:
            lines += ["", _escape(block.text), ""]
    text = "\n".join(lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip() + "\n"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(_escape(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def _escape(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def _write_word(blocks: list[Block], path: Path) -> None:
    from docx import Document

    document = Document()
    for block in blocks:
        if block.kind.startswith("heading"):
            document.add_heading(block.text, int(block.kind[-1]) - 1)
        elif block.kind == "item":
            document.add_paragraph(block.text, style="List Bullet")
        elif block.kind == "table":
            table = document.add_table(rows=0, cols=len(block.rows[0]))
            table.style = "Table Grid"
            for row in block.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(block.text)
    document.save(str(path))

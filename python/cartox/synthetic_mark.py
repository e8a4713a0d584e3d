"""The mark of synthetic records: a file beside the tables, of which nothing counts but that it is there."""

from pathlib import Path

MARK = "synthetic.txt"
"""The file's name, in an extract, a folder of OMOP tables and a landing."""

MANIFEST_KEY = "input.is_synthetic"
"""The key of results.run_manifest, there only where the mark was."""

SENTENCE = "Synthetic records: a program made them up, and no patient stands behind them."
SHORT = "Synthetic records, no patients"


def mark_as_synthetic(folder: Path) -> None:
    """Leave the mark in a folder."""
    (folder / MARK).write_text(f"{SENTENCE}\n", encoding="utf-8")


def is_mark(path: Path) -> bool:
    """Say whether a path bears the mark's name, in whatever case; what stands in it is never read."""
    return path.name.lower() == MARK


def is_marked(folder: Path) -> bool:
    """Say whether the mark lies in a folder; a file, such as a database, has none."""
    return folder.is_dir() and any(map(is_mark, folder.iterdir()))

"""An extract on its way to disk: each file's cells, how they are to be written, and what is to lie in the file's place."""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from tests.faults.small_extract import SmallExtract, Table

Patch = Callable[[bytes, random.Random], bytes]
Place = Callable[["FileDraft", bytes, Path], None]
ToArrow = Callable[[Table], pa.Table]


@dataclass
class FileDraft:
    """One file: `patches` change its bytes after writing, `place` puts something else where it should lie."""

    entity: str
    table: Table
    name: str = ""
    separator: str = ","
    line_ends: tuple[str, ...] = ("\n",)
    encoding: str = "utf-8"
    quotes_all: bool = False
    to_arrow: ToArrow | None = None
    patches: list[Patch] = field(default_factory=list)
    place: Place | None = None
    is_present: bool = True

    def __post_init__(self) -> None:
        self.name = self.name or f"{self.entity}.csv"

    def content(self, dice: random.Random) -> bytes:
        data = self._csv(dice) if self.to_arrow is None else _parquet(self.to_arrow(self.table))
        for patch in self.patches:
            data = patch(data, dice)
        return data

    def _csv(self, dice: random.Random) -> bytes:
        lines = []
        quoting: Literal[0, 1] = csv.QUOTE_ALL if self.quotes_all else csv.QUOTE_MINIMAL
        for record in [self.table.columns, *self.table.records]:
            line = io.StringIO()
            csv.writer(line, delimiter=self.separator, lineterminator="\r\n", quoting=quoting).writerow(
                record
            )
            lines.append(line.getvalue()[:-2] + dice.choice(self.line_ends))
        return "".join(lines).encode(self.encoding, errors="replace")


@dataclass
class Draft:
    """Seven files, what else is to lie in the folder, and the mutilations applied so far."""

    files: dict[str, FileDraft]
    applied: list[str] = field(default_factory=list)
    others: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, extract: SmallExtract) -> Draft:
        return cls({entity: FileDraft(entity, table.copy()) for entity, table in extract.items()})

    def any_file(self, dice: random.Random) -> FileDraft:
        return self.files[dice.choice(sorted(self.files))]

    def write(self, folder: Path, dice: random.Random) -> Path:
        """Write the extract into a new folder and return the folder."""
        folder.mkdir(parents=True)
        for draft in self.files.values():
            if not draft.is_present:
                continue
            if draft.place is None:
                (folder / draft.name).write_bytes(draft.content(dice))
            else:
                draft.place(draft, draft.content(dice), folder)
        for name, data in self.others.items():
            (folder / name).write_bytes(data)
        return folder


def make_removable(folder: Path) -> None:
    """Give back what an unreadable file or folder was denied, so that it can be removed."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            os.chmod(path, 0o700)


def text_arrow(table: Table) -> pa.Table:
    """All cells as text; a record that is too short has nulls, fields too many are left out."""
    width = len(table.columns)
    padded = [[*record, *[None] * width][:width] for record in table.records]
    arrays = [pa.array([record[i] for record in padded], pa.string()) for i in range(width)]
    return pa.Table.from_arrays(arrays, names=table.columns)


def _parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()

"""What a section of the report consists of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from cartox.report.reading import Record

Spec: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Series:
    """An entry of a legend, with the button that hides and shows what it stands for.

    `key` is the value of the field `series` in the rows that it hides; `color` names a color of the theme;
    `shape` is how the sample is drawn: line, band, dot, ring, box, bar, diamond, cross or tick.
    """

    key: str
    label: str
    color: str
    shape: str = "line"


@dataclass(frozen=True)
class Panel:
    """One chart of a figure.

    `spec` is its Vega-Lite specification; `rows` are the numbers that it draws (its CSV file); `name` is the
    stem of its files.
    """

    name: str
    title: str
    spec: Spec
    rows: Sequence[Record]


@dataclass(frozen=True)
class Column:
    """A column of a table: its key in the rows, its heading, and whether it holds numbers."""

    key: str
    heading: str
    is_numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A table: `rows` as people read them, and in `exported` as its CSV file holds them, if that differs.

    `is_word` tells whether it is also a Word file.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Record]
    sentence: str = ""
    notes: Sequence[str] = ()
    is_folded: bool = False
    exported: Sequence[Record] | None = None
    is_word: bool = False


@dataclass(frozen=True)
class Figure:
    """Charts that belong together, under one legend, with what they show in words."""

    name: str
    title: str
    description: str
    sentence: str
    panels: Sequence[Panel]
    series: Sequence[Series] = ()
    notes: Sequence[str] = ()
    numbers: Table | None = None
    columns: int = 1

    @property
    def legend(self) -> Sequence[Series]:
        """The series of which something is drawn: rows of theirs, or a table of their name."""
        tables = [table for panel in self.panels for table in panel.spec["datasets"].items()]
        drawn = {name for name, rows in tables if rows} | {
            row.get("series") for _, rows in tables for row in rows
        }
        return [one for one in self.series if one.key in drawn]


@dataclass(frozen=True)
class Drawing:
    """A drawing made without Vega: SVG text for wide and narrow screens, with its title inside."""

    name: str
    title: str
    wide: str
    narrow: str
    sentence: str
    rows: Sequence[Record]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class MadeTable:
    """A table that another library rendered as HTML; `word` tells whether it is also a Word file."""

    name: str
    title: str
    html: str
    sentence: str
    rows: Sequence[Record]
    notes: Sequence[str] = ()
    is_word: bool = False


@dataclass(frozen=True)
class Tile:
    """One number of the headline, with what it counts."""

    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class Tiles:
    """The numbers of the headline."""

    tiles: Sequence[Tile]


@dataclass(frozen=True)
class Words:
    """Paragraphs; a caution is set apart."""

    paragraphs: Sequence[str]
    is_caution: bool = False


@dataclass(frozen=True)
class NotApplicable:
    """What stands in the place of a block that cannot be made, with the reason."""

    title: str
    reason: str


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and a text, such as the versions of a run."""

    name: str
    title: str
    pairs: Mapping[str, str]
    is_folded: bool = False


Block: TypeAlias = Drawing | Facts | Figure | MadeTable | NotApplicable | Table | Tiles | Words


@dataclass(frozen=True)
class Section:
    """A part of the report: `brief` stands on the clinician's page, `evidence` on that of the record."""

    name: str
    title: str
    brief: Sequence[Block] = ()
    evidence: Sequence[Block] = ()

    @property
    def blocks(self) -> Sequence[Block]:
        """All that the part says."""
        return (*self.brief, *self.evidence)

"""Makes the pages about the input contract from the YAML of the staging models: what is read is what a site is told.

Run `make manual` after a change to a column; a test fails while a page is stale.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from cartox.intake.contract import ENTITIES, TABLES, Column, Entity

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "input_contract.md"
GUIDE = PROJECT / "docs" / "bring_your_own_data.md"
OPENING = """\
# The input contract

Every column that is read, of the files of an extract and of the tables of the OMOP common data model. Columns with `*` must stand
in the header; what else is missing reads as empty. The last column says what is unknown where a cell is empty. A cell that cannot
be what its column holds is unknown too, with a reason, and sets its record aside where the column is required.

| type | a cell of that type |
| --- | --- |
| text | is read as it stands, or by the seeds named beside it |
| time, date | the site's own local time in ISO 8601 without a zone: `2022-03-01 10:00`, `2022-03-01` |
| number, integer | a number, within the bounds beside it |
| flag | true or false |
| word | one of the words beside it, in any case |
| stage | a stage from I to IV or 1 to 4, with or without suffixes |
| id | a whole number of at most 64 bits |

This page is made from the YAML beside the [staging models](../models/staging).
"""


def page() -> str:
    """The page with every column."""
    parts = [
        *_section("The study extract", ENTITIES.values()),
        *_section("The OMOP common data model", TABLES.values()),
    ]
    return "\n".join([OPENING, *parts])


def guide(text: str) -> str:
    """The guide with the tables that the contract gives it."""
    for made in (columns_table(), words_table()):
        header = made.partition("\n")[0]
        before, found, after = text.partition(f"{header}\n")
        assert found, f"the guide has no table {header}"
        text = before + made + re.sub(r"\A(\|.*\n)+", "", after)
    return text


def columns_table() -> str:
    """The files of the extract with the names of their columns."""
    rows = [
        [entity.name, ", ".join(_marked(column) for column in entity.columns)] for entity in ENTITIES.values()
    ]
    return _table(["file", "columns"], rows)


def words_table() -> str:
    """The columns that hold nothing but some words."""
    types: dict[str, set[str]] = {}
    for column in (column for entity in ENTITIES.values() for column in entity.columns):
        types.setdefault(column.name, set()).add(column.type)
    columns: dict[str, list[str]] = {}
    for entity in ENTITIES.values():
        for column in entity.columns:
            if column.type in ("word", "flag"):
                where = f" of {entity.name}" if len(types[column.name]) > 1 else ""
                columns.setdefault(column.allowed_words or "flag", []).append(column.name + where)
    return _table(
        ["column", "allowed words"],
        [
            [", ".join(names), ", ".join(words(name)) if name != "flag" else "true, false"]
            for name, names in columns.items()
        ],
    )


@cache
def words(word_list: str) -> tuple[str, ...]:
    """The allowed words of a list: of the seed of that name, else of the seed allowed_words."""
    of_its_own = seed(word_list)
    if of_its_own is not None:
        return tuple(next(iter(row.values())) for row in _rows(of_its_own))
    rows = _rows(PROJECT / "seeds" / "terminology" / "allowed_words.csv")
    return tuple(row["word"] for row in rows if row["word_list"] == word_list)


def seed(name: str) -> Path | None:
    """The file of a seed, None where there is none."""
    return next((PROJECT / "seeds").rglob(f"{name}.csv"), None)


@cache
def bounds() -> dict[str, str]:
    """What a quantity may be, in words."""
    return {
        row["quantity"]: f"{row['reject_low']} to {row['reject_high']} {row['unit']}"
        for row in _rows(PROJECT / "seeds" / "rules" / "plausibility.csv")
    }


def _section(title: str, entities: Iterable[Entity]) -> Iterator[str]:
    yield f"## {title}\n"
    for entity in entities:
        yield f"### {entity.name}\n"
        yield f"Without it: {entity.without}.\n"
        rows = [[_marked(one), _type(one), one.meaning, one.without] for one in entity.columns]
        yield _table(["column", "type", "meaning", "unknown without it"], rows)


def _marked(column: Column) -> str:
    return column.name + "\\*" * column.required


def _type(column: Column) -> str:
    if column.quantity:
        return f"{column.type}, {bounds()[column.quantity]}"
    if column.allowed_words:
        return f"{column.type}: {', '.join(words(column.allowed_words))}"
    links = [f"[{name}](../{_path(name)})" for name in column.vocabulary]
    return f"{column.type}, by {', '.join(links)}" if links else column.type


def _path(name: str) -> str:
    found = seed(name)
    assert found is not None, f"there is no seed {name}"
    return found.relative_to(PROJECT).as_posix()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    GUIDE.write_text(guide(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")

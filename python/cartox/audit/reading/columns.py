"""What each column of a printed table holds, by its header, the headers beside it and the cells below."""

from __future__ import annotations

import re
from dataclasses import replace

from cartox.audit.reading.cells import clean
from cartox.audit.reading.grid import Grid
from cartox.audit.reading.headers import header_texts, one_column
from cartox.audit.reading.words import P_HEADER, SIZE_LABEL, Column, meaning

GROUPS_AS_ROWS = re.compile(
    r"((study|treatment|patient)\s+)?(groups?|arms?|treatments?|cohorts?)", re.IGNORECASE
)
TURNED = "are the groups rows here, and the variables columns? turn the table round, a column for each group"
SAME_NAME = "which group is this? two columns have the same name"
SEVERAL_P = "which groups does this p-value compare? leave one column of p-values"
EVERYBODY_ELSE = "is this everybody, or a group of its own? it is as large as the others together"
TWO_SIZES = "which size has the group? its columns print two"


def read_columns(grid: Grid, n_header: int) -> list[Column]:
    """Read the header of every column, and settle what they mean together."""
    columns = [one_column(c, header_texts(grid, n_header, c)) for c in range(grid.width)]
    body = grid.cells[n_header:]
    columns = _beside_the_label(columns, body)
    columns = _intervals(columns)
    columns = _sizes_of_rows(columns, body)
    columns = _measured(columns)
    return _questions(columns, body)


def _beside_the_label(columns: list[Column], body: list[list[str]]) -> list[Column]:
    """Tell a second column of labels, or of statistics' names, from one of numbers."""
    if len(columns) < 3 or columns[1].role not in ("other", "group") or columns[1].size:
        return columns
    texts = [row[1].strip() for row in body if row[1].strip()]
    has_own_name = columns[1].name.strip() not in ("", "all", columns[0].name.strip())
    if not texts or has_own_name or any(re.match(r"[<>≤≥]?\s*[.\d]", text) for text in texts):
        return columns
    said = [meaning(text) for text in texts]
    is_statistic = all(one.center or one.counts or one.percent for one in said)
    return [columns[0], replace(columns[1], role="statistic" if is_statistic else "level"), *columns[2:]]


def _intervals(columns: list[Column]) -> list[Column]:
    """Keep an interval in a column of its own where that of its ratio is the one before."""
    return [
        replace(column, role="other") if column.role == "interval" and before.role != "ratio" else column
        for before, column in zip([columns[0], *columns], columns, strict=False)
    ]


def _sizes_of_rows(columns: list[Column], body: list[list[str]]) -> list[Column]:
    """Take the sizes of groups from a row of them."""
    for row in body:
        if SIZE_LABEL.fullmatch(clean(row[0], ".")):
            return [
                replace(column, size=int(text))
                if column.role == "group"
                and column.size is None
                and re.fullmatch(r"[0-9]{1,9}", text := clean(cell, "."))
                else column
                for cell, column in zip(row, columns, strict=True)
            ]
    return columns


def _measured(columns: list[Column]) -> list[Column]:
    """Tell counts of patients with a value from counts of patients who have something.

    A column n beside a percentage of the same group counts; beside anything else it says how many have a value.
    A column n of everybody beside columns of groups does so for the whole row.
    """
    groups = [column for column in columns if column.role == "group"]
    others = {column.name for column in groups if column.part != "count"}
    return [_measured_one(column, groups, others) for column in columns]


def _measured_one(column: Column, groups: list[Column], others: set[str]) -> Column:
    same = [one for one in groups if one.name == column.name and one is not column]
    is_n = column.role == "group" and column.part == "count"
    if not is_n or any(one.part == "percent" for one in same):
        return column
    if column.name == "all" and column.size is None and others - {"all"}:
        return replace(column, role="measured", name="both")
    return replace(column, role="measured") if same else column


def _questions(columns: list[Column], body: list[list[str]]) -> list[Column]:
    """Ask about columns whose headers leave open whose numbers they hold."""
    groups = [column for column in columns if column.role == "group"]
    if _is_turned(columns, groups, body):
        return [replace(c, question=TURNED) if c.role != "label" else c for c in columns]
    n_p = sum(column.role == "p" for column in columns)
    return [replace(column, question=_question(column, groups, n_p)) for column in columns]


def _question(column: Column, groups: list[Column], n_p: int) -> str:
    if column.role == "p":
        return SEVERAL_P if n_p > 1 else ""
    if column.role != "group" or column.question:
        return column.question
    others = [one.size for one in groups if one.name != column.name]
    if column.name != "all" and column.size and len(others) > 1 and column.size == sum(filter(None, others)):
        return EVERYBODY_ELSE
    same = [one for one in groups if one.name == column.name]
    kinds = [(one.part or one.said.center or one.said.spread or "") for one in same]
    if len(set(kinds)) < len(kinds):
        return SAME_NAME
    return TWO_SIZES if len({one.size for one in same if one.size}) > 1 else ""


def _is_turned(columns: list[Column], groups: list[Column], body: list[list[str]]) -> bool:
    """Whether the rows are study groups: their label says so, a row holds p-values, or the headers variables."""
    if GROUPS_AS_ROWS.fullmatch(columns[0].name.strip()):
        return True
    if any(column.size for column in groups):
        return False
    p_rows = [row for row in body if P_HEADER.fullmatch(row[0].lower().strip(" ."))]
    said = {(column.said.center, column.said.counts) for column in groups if not column.part}
    return (
        any(sum(bool(text.strip()) for text in row[1:]) > 1 for row in p_rows)
        or (len(groups) > 1 and len(said) > 1)
        or any(column.has_unit for column in groups)
    )

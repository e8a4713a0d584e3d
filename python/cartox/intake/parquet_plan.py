"""Plan how a Parquet file is read within bounds, by the sizes that its pages tell."""

from collections.abc import Collection
from dataclasses import dataclass

from cartox.errors import UserError
from cartox.intake.bounds import LARGEST_PAGES, rows_at_a_time
from cartox.intake.parquet_pages import Page, read_pages, read_row_groups
from cartox.intake.records import SourceFile

_MOST_ROWS_AT_A_TIME = 20_000


@dataclass(frozen=True)
class ReadingPlan:
    """The columns of text of which a part is a dictionary, and how many rows of each row group fit at a time."""

    repeated_texts: Collection[str]
    rows_at_a_time: tuple[int, ...]


def plan_reading(source: SourceFile, names: Collection[str]) -> ReadingPlan:
    """Walk the pages of the named columns.

    Raises UserError where pages are too large to be unpacked and BrokenPagesError where there are none.
    """
    repeated: set[str] = set()
    planned = []
    with source.path.open("rb", buffering=0) as stream:
        for number, group in enumerate(read_row_groups(stream), start=1):
            largest, bytes_of_a_row = 0, 0.0
            for chunk in group:
                if chunk.column not in names:
                    continue
                pages = list(read_pages(stream, chunk))
                if chunk.has_texts and any(not page.n_values for page in pages):
                    repeated.add(chunk.column)
                largest += max((page.unpacked for page in pages), default=0)
                bytes_of_a_row += max(map(_bytes_of_a_row, pages), default=0.0)
            _require_small_pages(source, largest, number)
            planned.append(rows_at_a_time(bytes_of_a_row, _MOST_ROWS_AT_A_TIME))
    return ReadingPlan(repeated, tuple(planned))


def _bytes_of_a_row(page: Page) -> float:
    """Return what a value of the page takes; one that builds on those before it may be as long as all of them."""
    if not page.n_values:
        return 0.0  # a dictionary, of which each row holds an index
    return float(page.unpacked) if page.is_delta else page.unpacked / page.n_values


def _require_small_pages(source: SourceFile, n_bytes: int, group: int) -> None:
    if n_bytes > LARGEST_PAGES:
        raise UserError(
            f"{source.name}, row group {group}: pages of {n_bytes} bytes once unpacked, "
            f"at most {LARGEST_PAGES} are read at a time; write smaller row groups"
        )

"""The first records of a file, before and after what is declared of it was done."""

from contextlib import closing
from dataclasses import dataclass

from cartox.intake.landed_file import open_reader
from cartox.intake.records import Batch, SourceFile
from cartox.intake.translation import Translation

FIRST = 2


@dataclass(frozen=True)
class TranslatedCell:
    """A cell as the file has it and as it is landed; None where there is none. It is a patient's."""

    line_number: int
    column: str
    before: str | None
    after: str | None


def translated_cells(source: SourceFile, n_records: int = FIRST) -> tuple[TranslatedCell, ...]:
    """Return the cells of a file's first records that a declaration is about, in order of line and column.

    A column that has only another name in the file is not translated, and none that identifies: its cells are not told.
    The file must be one that can be landed.
    """
    translation = Translation(source)
    columns = [name for name in translation.columns if not name.endswith("_id")]
    if not columns:
        return ()
    reader = open_reader(source)
    with closing(reader.open()) as stream:
        _, batches = reader.read(stream)
        first = next(batches, None)
        cells = [] if first is None else _cells(source, first, translation, columns, n_records)
    return tuple(cell for cell in cells if (cell.before, cell.after) != (None, None))


def _cells(
    source: SourceFile, delivered: Batch, translation: Translation, columns: list[str], n_records: int
) -> list[TranslatedCell]:
    translated = translation(delivered)
    places = {name: place for place, name in enumerate(source.entity.column_names)}
    lines = delivered.line_numbers.slice(0, n_records).to_pylist()
    return [
        TranslatedCell(
            line,
            column,
            delivered.columns[places[column]][row].as_py(),
            translated.columns[places[column]][row].as_py(),
        )
        for row, line in enumerate(lines)
        for column in columns
    ]

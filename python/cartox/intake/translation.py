"""Write a site's cells as the contract has them, by what its study file declares."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation

import pyarrow as pa

from cartox.intake.contract import Column
from cartox.intake.records import Batch, SourceFile

_NUMBER = re.compile(r"\d[\d.,]*")
_APART = re.compile(
    r"([<>≤≥=\s]*)([1-9]\d{0,2}(?:[ \u00a0\u2009\u202f'\u2019]\d{3})+)((?:,\d+)?(?:\s*[^\d\s.,][^\d]*)?)"
)
_WITH_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_SWAPPED = str.maketrans(",.", ".,")

Translate = Callable[[str], str]


class Translation:
    """What is done to every batch of a file; nothing, where nothing is declared."""

    def __init__(self, source: SourceFile) -> None:
        self._columns = source.entity.columns
        self._constants = source.declared.constants
        self._translators = {column.name: translator(source, column) for column in self._columns}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in which a cell may become another."""
        return tuple(
            column.name
            for column in self._columns
            if column.name in self._constants or self._translators[column.name] is not None
        )

    def __call__(self, batch: Batch) -> Batch:
        """Return a batch with its constants filled in and every declared form, mark, word and unit put right."""
        columns = []
        for column, cells in zip(self._columns, batch.columns, strict=True):
            translate = self._translators[column.name]
            if column.name in self._constants:
                columns.append(
                    pa.repeat(pa.scalar(self._constants[column.name], pa.string()), len(batch.line_numbers))
                )
            else:
                columns.append(cells if translate is None else _translated(cells, translate))
        return replace(batch, columns=tuple(columns))


def translator(source: SourceFile, column: Column) -> Translate | None:
    """Return what is done to a text of a column, None for nothing.

    A word that is declared becomes the contract's. A time is written as ISO 8601 where it has the declared form. A
    number gets a point and loses the separators of its thousands; in a workbook a number that is one has them
    already. A number in a declared unit is converted. What does not have the declared form stays as it is: the
    models give the reason.
    """
    declared = source.declared
    words = declared.values.get(column.name, {})
    steps: list[Translate] = []
    if column.type in ("time", "date"):
        forms = [form for form in (declared.datetime_format, declared.date_format) if form]
        if forms:
            steps.append(lambda text: _iso_time(text, forms))
    elif holds_numbers(column) and declared.decimal_mark == "," and source.file_format != "xlsx":
        steps.append(with_points)
    if (unit := declared.units.get(column.name)) is not None:
        steps.append(lambda text: _converted(text, unit.converted))
    if not words and not steps:
        return None

    def translate(text: str) -> str:
        known = words.get(text.strip().lower())
        if known is not None:
            return known
        for step in steps:
            text = step(text)
        return text

    return translate


def holds_numbers(column: Column) -> bool:
    """Say whether a column's cells are numbers or texts with numbers in them."""
    return column.type in ("number", "integer") or column.holds_numbers


def with_points(text: str) -> str:
    """Write the numbers of a text whose decimal mark is a comma with a point, without separators of thousands.

    A number that is none by that mark, such as `38.5`, has its marks swapped, so that it is not read as another. Blanks and
    apostrophes separate thousands where the text has one number: `10 000 µg/l`, `> 10'000`.
    """
    if apart := _APART.fullmatch(text.strip()):
        text = apart[1] + re.sub(r"\D", "", apart[2]) + apart[3]
    return _NUMBER.sub(lambda found: _with_point(found[0]), text)


def _with_point(number: str) -> str:
    end = len(number.rstrip(".,"))
    number, rest = number[:end], number[end:]
    if _WITH_THOUSANDS.fullmatch(number):
        number = number.replace(".", "")
    return number.translate(_SWAPPED) + rest


def _iso_time(text: str, forms: list[str]) -> str:
    for form in forms:
        try:
            time = datetime.strptime(text.strip(), form)
        except ValueError:
            continue
        if "%H" in form or "%I" in form:
            return time.isoformat(" ")
        return time.date().isoformat()
    return text


def _converted(text: str, convert: Callable[[Decimal], str]) -> str:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return text
    return convert(number) if number.is_finite() else text


def _translated(cells: pa.Array, translate: Translate) -> pa.Array:
    """Translate each different text once."""
    encoded = cells.dictionary_encode()
    texts = [None if text is None else translate(text) for text in encoded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(texts, pa.string())).dictionary_decode()

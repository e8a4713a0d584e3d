"""Match the names in a file's header with the contract's columns."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cartox.errors import UserError
from cartox.intake.bounds import require_bounded_columns
from cartox.intake.records import SourceFile

_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_LONGEST_NAME_SHOWN = 60
DECLARE = ". In the study file's sources:"


@dataclass(frozen=True)
class Header:
    """Where the contract's columns stand in a file.

    `positions`: 0-based position by column name, optional columns that the file lacks left out; `width`:
    number of fields; `unknown`: names that the contract does not have, fit to print.
    """

    positions: Mapping[str, int]
    width: int
    unknown: tuple[str, ...]


def match_header(source: SourceFile, names: Sequence[str]) -> Header:
    """Match names case-insensitively after trimming.

    A column that the file's declaration names otherwise is found under that name alone, one that it declares
    constant is in no file.

    Raises UserError for too many columns, for a required or declared column that is missing and for a name that
    stands twice. Names are quoted only once every required column was found: the first line of a file without a
    header holds patients' data.
    """
    require_bounded_columns(source, len(names))
    theirs = {column: name.strip().lower() for column, name in source.declared.columns.items()}
    ours = {name: column for column, name in theirs.items()}
    delivered = [name.strip().lower() for name in names]
    keys = [ours.get(name, "" if name in theirs else name) for name in delivered]
    counts = Counter(key for key in keys if key)
    for column, name in source.declared.columns.items():
        if column not in counts:
            raise UserError(
                f"{source.name}: column {printable(name)}, declared as {column}, is not in the header"
            )
    constant = source.declared.constants.keys()
    for column in constant & counts.keys():
        raise UserError(f"{source.name}: column {column} stands in the header and is declared constant")
    absent = [column for column in source.entity.required_names if column not in counts.keys() | constant]
    if absent:
        raise UserError(
            f"{source.name}: required column{'s' if len(absent) > 1 else ''} {', '.join(absent)} missing"
            f" from the header{_hint(names, absent[0]) if source.origin == 'extract' else ''}"
        )
    repeated = [key for key, count in counts.items() if count > 1]
    if repeated:
        raise UserError(f"{source.name}: column {printable(repeated[0])} stands twice in the header")
    positions = {column: keys.index(column) for column in source.entity.column_names if column in counts}
    unknown = tuple(printable(key) for key in counts if key not in positions)
    return Header(positions, len(names), unknown)


def printable(name: str) -> str:
    """Return a header's name fit for one line of a message: no control characters, not endless."""
    shown = "".join(character if character.isprintable() else "?" for character in name)
    return shown if len(shown) <= _LONGEST_NAME_SHOWN else shown[:_LONGEST_NAME_SHOWN] + "..."


def _hint(names: Sequence[str], column: str) -> str:
    """Return what the study file would have to declare: the delimiter, else the name that the column has in the file."""
    if len(names) == 1:
        for separator, words in _OTHER_SEPARATORS.items():
            if separator in names[0]:
                mend = f"{DECLARE} delimiter: {json.dumps(separator)}"
                return f"; it looks separated by {words}, commas are expected{mend}"
    return f"{DECLARE} columns: {{{column}: NAME}}, where it has another name there"

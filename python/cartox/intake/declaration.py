"""How a site's files differ from the contract, as its study file declares it: nothing of this is ever guessed."""

import codecs
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from cartox.errors import UserError
from cartox.intake.column_units import ColumnUnit, column_units
from cartox.intake.contract import ENTITIES, Entity

FIRST_ROW, LAST_ROW = 1, 1_000
_MARKS = (".", ",")
_DIRECTIVES = frozenset("YmdHMSfIp%")
_SAMPLE = datetime(2003, 2, 1, 16, 5)


@dataclass(frozen=True)
class Declaration:
    """What is declared of one table's file; None and empty where nothing is.

    `file` lies in the extract's folder, `sheet` in a workbook. `header_row` counts from 1. `columns` names the
    file's column by the contract's, `values` the contract's word by the site's own, in lower case, by column;
    `constants` are the same in every record; `units` are those in which a column's numbers are written.
    """

    file: str | None = None
    sheet: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    decimal_mark: str | None = None
    date_format: str | None = None
    datetime_format: str | None = None
    header_row: int = FIRST_ROW
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, ColumnUnit] = field(default_factory=dict)


KEYS = tuple(Declaration.__dataclass_fields__)
AS_THE_CONTRACT = Declaration()


def read_declarations(sources: Mapping[str, Any] | None, origin: str = "sources") -> dict[str, Declaration]:
    """Return the declaration of each table that `sources` names.

    `sources` is a mapping from tables of the contract to mappings from KEYS to plain values, as YAML has them.
    `origin` names it in messages. Raises UserError, one line with table and key, for an unknown table, key or
    column and for a value that the key cannot have.
    """
    declared = {}
    for name, said in (sources or {}).items():
        _require_one_of(str(name), ENTITIES, origin, "table")
        at = f"{origin}: {name}"
        if not isinstance(said, Mapping):
            raise UserError(f"{at}: a mapping from {', '.join(KEYS)} is expected")
        for key in said:
            _require_one_of(str(key), KEYS, at, "key")
        declared[str(name)] = _Reading(ENTITIES[name], at).read(said)
    return declared


class _Reading:
    """Reads what is said of one table."""

    def __init__(self, entity: Entity, at: str) -> None:
        self._entity, self._at = entity, at

    def read(self, said: Mapping[str, Any]) -> Declaration:
        one = Declaration(
            file=self._text(said, "file"),
            sheet=self._text(said, "sheet"),
            delimiter=self._text(said, "delimiter"),
            encoding=self._text(said, "encoding"),
            decimal_mark=self._text(said, "decimal_mark"),
            date_format=self._text(said, "date_format"),
            datetime_format=self._text(said, "datetime_format"),
            header_row=FIRST_ROW if said.get("header_row") is None else said["header_row"],
            columns=self._names(said.get("columns")),
            values={
                column: {word.strip().lower(): ours for word, ours in self._words(words, column).items()}
                for column, words in self._by_column(said.get("values"), "values").items()
            },
            constants=self._texts(said.get("constants"), "constants"),
            units={
                column: self._unit(column, unit)
                for column, unit in self._texts(said.get("units"), "units").items()
            },
        )
        self._require_sensible(one)
        return one

    def _require_sensible(self, one: Declaration) -> None:
        if one.delimiter is not None and (len(one.delimiter) != 1 or one.delimiter in '"\r\n'):
            self._refuse("delimiter", "one sign, such as ';' or \"\\t\", is expected")
        if one.decimal_mark is not None and one.decimal_mark not in _MARKS:
            self._refuse("decimal_mark", "'.' or ',' is expected")
        if one.encoding is not None and not _is_text_encoding(one.encoding):
            self._refuse("encoding", "the name of an encoding, such as utf-8 or windows-1252, is expected")
        if type(one.header_row) is not int or not FIRST_ROW <= one.header_row <= LAST_ROW:
            self._refuse("header_row", f"a whole number from {FIRST_ROW} to {LAST_ROW:,} is expected")
        for key, needed in (("date_format", "Ymd"), ("datetime_format", "YmdM")):
            form = getattr(one, key)
            if form is not None and not _tells(form, needed):
                self._refuse(
                    key, f"{' '.join(f'%{sign}' for sign in needed)} of strftime and signs are expected"
                )
        for column in one.constants:
            if column in one.columns:
                self._refuse("constants", f"{column} stands among the columns, too")

    def _text(self, said: Mapping[str, Any], key: str) -> str | None:
        value = said.get(key)
        if value is not None and not isinstance(value, str):
            self._refuse(key, "a text is expected; put it into quotes")
        return value or None

    def _by_column(self, said: Any, key: str) -> dict[str, Any]:
        if said is None:
            return {}
        if not isinstance(said, Mapping):
            self._refuse(key, "a mapping from columns is expected")
        for column in said:
            _require_one_of(str(column), self._entity.column_names, f"{self._at}: {key}", "column")
        return {str(column): value for column, value in said.items()}

    def _texts(self, said: Any, key: str) -> dict[str, str]:
        return {column: self._plain(value, key) for column, value in self._by_column(said, key).items()}

    def _names(self, said: Any) -> dict[str, str]:
        names = self._by_column(said, "columns")
        for column, name in names.items():
            if isinstance(name, bool):
                self._refuse("columns", f"{column}: put No, Yes, On and Off into quotes")
        return self._texts(names, "columns")

    def _words(self, said: Any, column: str) -> dict[str, str]:
        if not isinstance(said, Mapping):
            self._refuse("values", f"{column}: a mapping from the site's words to the contract's is expected")
        if any(isinstance(word, bool) for word in said):
            self._refuse("values", f"{column}: put yes, no, on, off, true and false into quotes")
        return {str(word): self._plain(ours, "values") for word, ours in said.items()}

    def _plain(self, value: Any, key: str) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if value is None or isinstance(value, (Mapping, list)):
            self._refuse(key, "a text is expected for each column")
        return str(value)

    def _unit(self, column: str, unit: str) -> ColumnUnit:
        known = {one.unit: one for one in column_units() if one.column == column}
        _require_one_of(unit, known, f"{self._at}: units: {column}", "unit")
        return known[unit]

    def _refuse(self, key: str, expected: str) -> None:
        raise UserError(f"{self._at}: {key}: {expected}")


def _require_one_of(name: str, known: Collection[str], at: str, what: str) -> None:
    if name not in known:
        near = get_close_matches(name, known, 1)
        meant = f"is {near[0]} meant?" if near else f"known are {', '.join(known)}"
        raise UserError(f"{at}: nothing is known of {what} {name[:60]!r}; {meant}")


def _is_text_encoding(name: str) -> bool:
    try:
        "a".encode(name)
    except (LookupError, UnicodeError, ValueError):
        return False
    return codecs.lookup(name).name not in (
        "idna",
        "punycode",
        "undefined",
        "unicode_escape",
        "raw_unicode_escape",
    )


def _tells(form: str, needed: str) -> bool:
    """Say whether a format has the directives that are needed, none that depends on a language, and reads itself."""
    signs = {form[place + 1 : place + 2] for place in range(len(form)) if form[place] == "%"}
    if not set(needed) <= signs or not signs <= _DIRECTIVES or (signs & set("HI") == set() and "M" in signs):
        return False
    if "I" in signs and "p" not in signs:
        return False
    try:
        return datetime.strptime(_SAMPLE.strftime(form), form).date() == _SAMPLE.date()
    except ValueError:
        return False

"""What the project says of a seed: its columns, what each may hold, and what tells its rows apart."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cartox.yaml_file import read_yaml

_NUMBERS = frozenset({"double", "integer", "bigint"})


@dataclass(frozen=True)
class SeedColumn:
    """A column of a seed: its type, whether a cell must be filled, the values or the seed's column that it is of.

    Cells of one that `is_unit` are compared as units are.
    """

    name: str
    type: str
    is_required: bool
    allowed: tuple[str, ...] = ()
    refers_to: tuple[str, str] | None = None
    is_unit: bool = False


@dataclass(frozen=True)
class Seed:
    """A seed of the package: its file, its columns in their order, and the columns that tell its rows apart.

    `unique` are the columns of which each holds no value twice.
    """

    path: Path
    columns: tuple[SeedColumn, ...]
    key: tuple[str, ...]
    unique: tuple[str, ...]

    @property
    def name(self) -> str:
        """The seed's name, and that of a file with rows of a site's own."""
        return self.path.stem

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def is_of_words(self) -> bool:
        """Whether the seed holds words as people write them, which case, accents, signs and blanks do not tell apart."""
        return self.key[0] == "word"


def seed_files(folder: Path) -> dict[str, Path]:
    """Return the files of a folder's seeds by their names."""
    return {path.stem: path for path in sorted(folder.glob("*.csv"))}


@cache
def read_seed(path: Path) -> Seed:
    """Return what the description beside a seed's file says of it."""
    (described,) = read_yaml(path.with_suffix(".yml"))["seeds"]
    types: Mapping[str, str] = described["config"]["column_types"]
    tests = {column["name"]: column.get("data_tests", []) for column in described["columns"]}
    units = {
        column["name"]
        for column in described["columns"]
        if "is_unit" in column.get("config", {}).get("meta", {})
    }
    columns = tuple(_column(name, type_, tests.get(name, []), units) for name, type_ in types.items())
    unique = tuple(name for name, of_column in tests.items() if "unique" in of_column)
    return Seed(path, columns, _key(described, columns, unique), unique)


def _key(
    described: Mapping[str, Any], columns: Sequence[SeedColumn], unique: Sequence[str]
) -> tuple[str, ...]:
    for test in described.get("data_tests", []):
        if "one_row_per" in test:
            return tuple(test["one_row_per"]["arguments"]["columns"])
    texts = [column.name for column in columns if column.name in unique and column.type not in _NUMBERS]
    return tuple((texts or list(unique))[:1]) or tuple(column.name for column in columns)


def _column(name: str, type_: str, tests: Sequence[Any], units: Collection[str]) -> SeedColumn:
    named = {
        key: value["arguments"] for test in tests if isinstance(test, dict) for key, value in test.items()
    }
    allowed = named.get("accepted_values", {}).get("values", [])
    reference = named.get("relationships")
    return SeedColumn(
        name=name,
        type=type_,
        is_required="not_null" in tests,
        allowed=tuple(str(value) for value in allowed),
        refers_to=(reference["to"].split("'")[1], reference["field"]) if reference else None,
        is_unit=name in units,
    )

"""The input contract: files of the extract and tables of OMOP, as the YAML of their staging models describes them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cartox.errors import UserError
from cartox.project import find_project
from cartox.yaml_file import read_yaml

STAGING = Path("models", "staging")
TYPES = frozenset({"text", "time", "date", "number", "integer", "flag", "word", "stage", "id"})
_SOURCES = {"extract": ("landing.yml", "landing"), "omop": ("landing_of_omop.yml", "omop")}


@dataclass(frozen=True)
class Column:
    """A column of a file or table; a required one must stand in the header.

    Where a required cell says nothing that can be used, the record is set aside, unless the cell `may_be_unknown`.
    `type` is one of TYPES; `quantity` the row of seeds/rules/plausibility that bounds its numbers; `out_of` the maximum
    that may stand beside a score; a text that `holds_numbers` is written with the file's decimal mark;
    `allowed_words` the list of seeds that has its words; `vocabulary` the seeds that translate it; `without`
    what cannot be computed where it is empty.
    """

    name: str
    meaning: str
    type: str
    without: str
    required: bool = False
    may_be_unknown: bool = False
    quantity: str | None = None
    out_of: int | None = None
    allowed_words: str | None = None
    vocabulary: tuple[str, ...] = ()
    holds_numbers: bool = False


@dataclass(frozen=True)
class Entity:
    """A kind of record, or a table of OMOP, delivered as one file; columns in the order in which they are landed.

    `without` says what cannot be computed where there is none.
    """

    name: str
    without: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in landing order."""
        return tuple(column.name for column in self.columns)

    @property
    def required_names(self) -> tuple[str, ...]:
        """Names of the columns that a file must have."""
        return tuple(column.name for column in self.columns if column.required)


class Contract(Mapping[str, Entity]):
    """What can be delivered in one way, by name, in the order in which it is read.

    The project's YAML is read when a name is first looked up, and once.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.name: entity for entity in read_contract(find_project() / STAGING, self._origin)}

    def __getitem__(self, name: str) -> Entity:
        return self._entities[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entities)

    def __len__(self) -> int:
        return len(self._entities)


ENTITIES = Contract("extract")
"""The seven kinds of record, files of the study extract."""

TABLES = Contract("omop")
"""The tables of the OMOP common data model that are read, of versions 5.3 and 5.4, those of the vocabulary last."""


def read_contract(staging: Path, origin: str) -> list[Entity]:
    """Read what the staging models of an origin, `extract` or `omop`, say of their tables.

    Raises UserError for a description that is not complete: one line with file and column.
    """
    file, source = _SOURCES[origin]
    (landed,) = (one for one in _read(staging / origin / file)["sources"] if one["name"] == source)
    return [
        _entity(table["name"], staging / origin / f"stg_{origin}__{table['name']}.yml")
        for table in landed["tables"]
    ]


def _entity(name: str, path: Path) -> Entity:
    (model,) = _read(path)["models"]
    columns = [
        _column(column, path) for column in model["columns"] if _meta(column)
    ]  # what the model adds has none
    return Entity(name, _meta(model).get("without", ""), tuple(columns))


def _column(described: Mapping[str, Any], path: Path) -> Column:
    meta = dict(_meta(described))
    where = f"{path.name}: column {described['name']}"
    unknown = meta.keys() - Column.__dataclass_fields__.keys()
    if unknown:
        raise UserError(f"{where}: nothing is known of {', '.join(sorted(unknown))}")
    if meta.get("type") not in TYPES or not meta.get("without") or not described.get("description"):
        raise UserError(
            f"{where}: a description, a type ({', '.join(sorted(TYPES))}) and what is not known without it are expected"
        )
    vocabulary = tuple(meta.pop("vocabulary", ()))
    return Column(described["name"], described["description"], vocabulary=vocabulary, **meta)


def _meta(described: Mapping[str, Any]) -> dict[str, Any]:
    return dict(described.get("config", {}).get("meta", {}))


def _read(path: Path) -> dict[str, Any]:
    return dict(read_yaml(path))

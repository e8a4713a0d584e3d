"""Words of the site that nothing maps: what hangs on them, what they may mean, and rows for somebody to confirm."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cartox.intake.contract import ENTITIES
from cartox.owner import close_to_others, for_owner, make_folder
from cartox.study import WORDS, Study, word_key
from cartox.validation.judged import Judged
from cartox.validation.reading import sql

TO_CONFIRM = "to_confirm"
NEAREST = 3
ALIKE = 0.6  # of difflib's ratio
SHORTEST_WITHIN = 4  # letters of a known word that is sought within a longer one
_OF_UNITS, _BY_PARTS = "lab_units", "words_frequencies"


@dataclass(frozen=True)
class Unmapped:
    """A word that no table knows: where it stands, how often, and the known concepts whose words are nearest.

    `table` is the table of words/ that would map it; `code` the analyte of a unit, else the record's own code.
    """

    entity: str
    column: str
    table: str
    word: str
    code: str | None
    n_records: int
    n_patients: int
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class UnmappedWords:
    """The words by kind of record and column, most records first; by the same how many too few patients have to be named."""

    words: tuple[Unmapped, ...]
    n_withheld: Mapping[tuple[str, str], int]
    threshold: int

    def of(self, entity: str, column: str) -> list[Unmapped]:
        """Return the words of a column."""
        return [word for word in self.words if (word.entity, word.column) == (entity, column)]

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The columns in which unmapped words stand, those on which most records hang first."""
        hanging: dict[tuple[str, str], int] = dict.fromkeys(self.n_withheld, 0)
        for word in self.words:
            place = (word.entity, word.column)
            hanging[place] = hanging.get(place, 0) + word.n_records
        return sorted(hanging, key=lambda place: -hanging[place])

    def as_records(self) -> list[dict[str, Any]]:
        """Return the words as plain data."""
        return [vars(word) for word in self.words]


def without(entity: str, column: str) -> str:
    """Say what is not known where a column's word is not mapped, as the input contract says it."""
    return next(one.without for one in ENTITIES[entity].columns if one.name == column)


def read_unmapped(judged: Judged) -> UnmappedWords:
    """Return the words that nothing maps; one of fewer patients than the threshold is counted, not named."""
    words: list[Unmapped] = []
    withheld: dict[tuple[str, str], int] = {}
    known: dict[str, dict[str, str]] = {}
    rows = judged.connection.execute(sql("unmapped_terms")).fetchall()
    for entity, column, _, n_records, n_patients, _, code, word in rows:
        if word is None:
            continue
        if n_patients < judged.threshold:
            withheld[entity, column] = withheld.get((entity, column), 0) + 1
            continue
        tables = next(one.vocabulary for one in ENTITIES[entity].columns if one.name == column)
        for table in tables:
            if table not in known:
                known[table] = dict(_known(judged.project / "seeds" / "terminology" / f"{table}.csv"))
        concepts = {key: concept for table in tables for key, concept in known[table].items()}
        near = () if tables[0] == _BY_PARTS else _nearest(word, concepts)
        words.append(Unmapped(entity, column, tables[0], word, code, n_records, n_patients, near))
    return UnmappedWords(tuple(words), withheld, judged.threshold)


def write_to_confirm(study: Study, unmapped: UnmappedWords) -> list[Path]:
    """Write a row for each word, with the nearest concept, into `words/to_confirm`, which no run reads.

    What an earlier call wrote there is replaced. Returns the files.
    """
    folder = study.root / WORDS / TO_CONFIRM
    make_folder(folder)
    for earlier in folder.glob("*.csv"):
        earlier.unlink()
    files = []
    for table in dict.fromkeys(word.table for word in unmapped.words if word.table != _BY_PARTS):
        path = folder / f"{table}.csv"
        with open(path, "x", encoding="utf-8", newline="", opener=for_owner) as file:
            file.write(_rows([word for word in unmapped.words if word.table == table]))
        files.append(path)
    close_to_others(folder)
    return files


def _rows(words: Sequence[Unmapped]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if words[0].table == _OF_UNITS:
        writer.writerow(("analyte", "name", "factor", "source"))
        writer.writerows(
            (word.code, word.word, "", f"to confirm: {word.n_records} records") for word in words
        )
        return text.getvalue()
    writer.writerow(("word", "concept", "language", "source"))
    for word in {word_key(one.word): one for one in words}.values():
        concept = word.nearest[0] if word.nearest else ""
        writer.writerow((word.word, concept, "", f"to confirm: {word.n_records} records"))
    return text.getvalue()


def _known(path: Path) -> Iterator[tuple[str, str]]:
    """Give each known word, as words are compared, with its concept; of a table of units the units themselves."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            word = row.get("word") or row.get("name") or ""
            yield word_key(word), row.get("concept") or word


def _nearest(word: str, concepts: Mapping[str, str]) -> tuple[str, ...]:
    key = word_key(word)
    within = [one for one in concepts if len(one) >= SHORTEST_WITHIN and one in key]
    alike = get_close_matches(key, list(concepts), n=NEAREST, cutoff=ALIKE)
    longest_first = sorted(within, key=lambda one: -len(one))
    return tuple(dict.fromkeys(concepts[one] for one in (*longest_first, *alike)))[:NEAREST]

"""What the seeds make of the site's codes and words, for peers that are written in Python."""

from typing import Any

import duckdb

from cartox.benchmark.peers.given import SEEDS, load_seeds
from cartox.benchmark.peers.texts import Remarks
from cartox.benchmark.peers.words import Vocabulary, folded

Rows = list[dict[str, Any]]


def read_seeds() -> dict[str, Rows]:
    """Return the rows of each seed that the laboratory's path reads, typed, by its name."""
    with duckdb.connect() as connection:
        load_seeds(connection)
        names = [name.split("/")[1] for name in SEEDS]
        return {name: _rows(connection, name) for name in names}


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> Rows:
    table = connection.table(name)
    return [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]


class Meanings:
    """Analytes, specimens, statuses and remarks, each from a cell without white space round it, None for a blank one."""

    def __init__(self, seeds: dict[str, Rows]) -> None:
        words = {
            name: Vocabulary(name, seeds[f"words_{name}"], seeds["negations"], seeds["noise_words"])
            for name in ("lab_tests", "specimens", "result_statuses")
        }
        self._tests, self._specimens, self._statuses = words.values()
        self._systems = {row["name"]: row["code_system"] for row in seeds["lab_code_systems"]}
        self._codes = {(row["code_system"], row["code"]): row["analyte"] for row in seeds["lab_codes"]}
        self._is_blood = {row["specimen"]: row["is_blood"] for row in seeds["specimens"]}
        self._status_rows = {row["status"]: row for row in seeds["lab_statuses"]}
        self.remarks = Remarks(seeds["result_remarks"], seeds["words_remarks"])

    def analyte(self, code_system: str | None, code: str | None, test_name: str | None) -> str | None:
        """Return what a test measures: a code of a known system decides, the name only without one."""
        system = self._systems.get(folded(code_system) or "")
        if system is not None and code is not None:
            return self._codes.get((system, code))
        return self._tests.concept(folded(test_name))

    def specimen(self, text: str | None) -> tuple[str | None, bool | None]:
        """Return what a specimen is, else its folded text, and whether it is blood, None where nobody knows."""
        name = folded(text)
        concept = self._specimens.concept(name)
        return concept or name, self._is_blood.get(concept or "")

    def status(self, text: str | None) -> tuple[bool, bool, int]:
        """Return whether results of a status may be used, whether it corrects, and its precedence."""
        final = self._status_rows["final"]
        row = self._status_rows.get(self._statuses.concept(folded(text)) or "", final)
        precedence = row["precedence"] if row["precedence"] is not None else final["precedence"]
        return bool(row["is_usable"]), bool(row["is_correction"]), int(precedence)

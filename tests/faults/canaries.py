"""Names and record numbers planted in every cell that can hold text, and a search for them in all that cartox writes.

The landing and the warehouse file hold the records themselves and are kept to their owner; nothing else may show a canary.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.faults.record_mutilations import IDENTIFIERS, is_time
from tests.faults.small_extract import SmallExtract, Table, write_csv
from tests.spec.compiled_project import PROJECT

RECORD_NUMBER, NAME = "MRNCANARY", "CanarySurname"
_SHARE_OF_RECORDS_WITH_NAMES = 0.03
_KEPT_TO_THEIR_OWNER = (".duckdb", ".parquet")
_WORKING_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("run", "--extract", "extract"),
    ("show",),
    ("check",),
    ("report", "--output", "report-again"),
    ("release", "released"),
    ("export", "--ard", "ard.csv", "--summarised-result", "result.csv"),
    ("history",),
    ("history", "--json"),
)


@dataclass(frozen=True)
class Search:
    """How many texts were searched for canaries, and where one was found."""

    n_planted: int
    n_texts: int
    leaks: tuple[str, ...]
    faults: tuple[str, ...]


def plant_canaries(extract: SmallExtract, seed: int) -> SmallExtract:
    """Give every record and patient a canary for its number, and plant names.

    Of each file, some records get a name in one cell, so that the rest of the record counts on; and a new record for each
    column has a name in that column alone, so that no column is spared.
    """
    dice = random.Random(seed)  # noqa: S311
    numbers: dict[str, str] = {}
    return {entity: _planted(table, numbers, dice) for entity, table in extract.items()}


def _planted(table: Table, numbers: dict[str, str], dice: random.Random) -> Table:
    planted = table.copy()
    positions = [at for at, column in enumerate(planted.columns) if column not in IDENTIFIERS]
    for record in planted.records:
        if dice.random() < _SHARE_OF_RECORDS_WITH_NAMES:
            record[dice.choice(positions)] = _name(dice)
    for at in positions:
        record = list(dice.choice(table.records))
        record[0] = f"{record[0]}-{at}"
        record[at] = f"2021-03-01 {_name(dice)}" if is_time(planted.columns[at]) else _name(dice)
        planted.records.append(record)
    for at, column in enumerate(planted.columns):
        if column in IDENTIFIERS:
            for record in planted.records:
                record[at] = numbers.setdefault(record[at], f"{RECORD_NUMBER}{len(numbers):05d}")
    return planted


def _name(dice: random.Random) -> str:
    return f"{NAME}{dice.randrange(10**6):06d}"


def try_canaries(folder: Path, extract: SmallExtract, seed: int) -> Search:
    """Plant canaries, run every command over them, break an extract in several ways, and search what was written."""
    planted = plant_canaries(extract, seed)
    files = write_csv(planted, folder / "extract").iterdir()
    faults = [
        f"the search finds nothing in {file.name}" for file in files if not _shows_canary(file.read_text())
    ]
    texts: dict[str, str] = {}
    for words in _WORKING_COMMANDS:
        ended = _cartox(folder, *words)
        texts[f"output of cartox {' '.join(words)}"] = ended.stdout + ended.stderr
        if ended.returncode:
            faults.append(f"cartox {' '.join(words)}: exit code {ended.returncode}")
    for number, broken in enumerate(_broken(planted)):
        write_csv(broken, folder / f"broken-{number}")
        ended = _cartox(folder, "run", "--extract", f"broken-{number}")
        texts[f"output of a run on broken-{number}"] = ended.stdout + ended.stderr
        if ended.returncode == 0:
            faults.append(f"broken-{number} was published")
    texts["table results.run_manifest"] = _manifest(folder / "warehouse" / "cartox.duckdb")
    texts |= dict(_written(folder))
    leaks = [where for where, text in texts.items() if _shows_canary(text)]
    n_planted = sum(_shows_canary(cell) for table in planted.values() for r in table.records for cell in r)
    return Search(n_planted, len(texts), tuple(leaks), tuple(faults))


def _broken(extract: SmallExtract) -> Iterator[SmallExtract]:
    """Extracts that are refused: a header of canaries, a column twice, a required column under another name."""
    for columns in (
        lambda table: table.records[0],
        lambda table: [*table.columns[:-1], table.columns[0]],
        lambda table: [NAME, *table.columns[1:]],
    ):
        broken: dict[str, Table] = {entity: table.copy() for entity, table in extract.items()}
        broken["lab_results"].columns = list(columns(broken["lab_results"]))
        yield broken


def _cartox(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    unset = ("CARTOX_DEBUG", "XDG_CACHE_HOME")  # what is compiled is kept in the folder that is searched
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"CARTOX_LANDING": str(folder / "landing"), "CARTOX_PROJECT": str(PROJECT)}
    for name, place in (("HOME", "home"), ("TMPDIR", "temporary")):
        (folder / place).mkdir(exist_ok=True)
        environment[name] = str(folder / place)
    command = [str(Path(sys.executable).with_name("cartox")), *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, errors="replace", check=False
    )


def _manifest(warehouse: Path) -> str:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return str(connection.execute("from results.run_manifest").fetchall())


def _written(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file that was written, by its path, with its path and its text; an office document by its parts."""
    given = {"extract", *(path.name for path in folder.glob("broken-*"))}
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if place.parts[0] in given or path.is_dir() or path.suffix in _KEPT_TO_THEIR_OWNER:
            continue
        for part, data in _parts(path).items():
            yield f"{place}{part}", f"{place} {data.decode('utf-8', 'replace')}"


def _parts(path: Path) -> Mapping[str, bytes]:
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {f"/{name}": archive.read(name) for name in archive.namelist()}


def _shows_canary(text: str) -> bool:
    lowered = text.lower()
    return any(word.lower() in lowered for word in (RECORD_NUMBER, NAME))

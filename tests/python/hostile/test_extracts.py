"""Extract files that somebody else made: each ends in one line, in bounded memory, with nothing else read."""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cartox.intake import bounds, parquet_plan
from cartox.intake.contract import ENTITIES
from tests.python.hostile import parquet_files
from tests.python.hostile.canary import TEXT, Canary, assert_one_line
from tests.spec.compiled_project import PROJECT

HEADER = "result_id,patient_id,collected_at,result\n"
PEAK = (  # of this program alone: what getrusage tells is inherited from the tests' own process
    "import json, re, sys\nfrom pathlib import Path\nfrom cartox.cli import app\n"
    "try: app(['validate', '--extract', sys.argv[1]], prog_name='cartox')\n"
    "except SystemExit as end:\n"
    "    status = Path('/proc/self/status').read_text()\n"
    "    print(json.dumps([end.code, int(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1]) // 1024]))"
)


@pytest.fixture
def extract(canary: Canary) -> Path:
    """An extract without laboratory results, which a test adds."""
    folder = canary.folder.parent / "extract"
    folder.mkdir()
    for entity in ENTITIES.values():
        if entity.name != "lab_results":
            (folder / f"{entity.name}.csv").write_text(",".join(entity.required_names) + "\n")
    return folder


def assert_refused(extract: Path, canary: Canary, message: str) -> None:
    for command in ("run", "validate"):
        assert_one_line([command, "--extract", str(extract)], message)
    assert not (canary.folder.parent / "landing").exists()
    assert not Path("warehouse", "cartox.duckdb").exists()
    canary.assert_alone()


def add(extract: Path, content: str | bytes) -> None:
    (extract / "lab_results.csv").write_bytes(content.encode() if isinstance(content, str) else content)


LONG = "x" * (bounds.LONGEST_CELL + 1)
CSV: dict[str, tuple[str | bytes, str]] = {
    "a long cell": (HEADER + f"R1,P1,2021-01-01,{LONG}\n", "lab_results.csv, line 2: a cell of more than 100,000"),
    "a long quoted cell": (
        HEADER + f'R1,P1,2021-01-01,"{LONG}"\n',
        "lab_results.csv, line 2: a cell of more than 100,000 characters",
    ),
    "a cell of many lines": (
        HEADER + 'R1,P1,2021-01-01,"' + "x\n" * 60_000 + '"\n',
        "line 2: a cell of more than 100,000 characters, or a quote opened in it is not closed",
    ),
    "no line end": (HEADER.strip() + "," * bounds.LONGEST_RECORD, "line 1: this record is endless, no line ends in it"),
    "NUL bytes alone": (b"\0" * (bounds.LONGEST_RECORD + 1), "line 1: this record is endless, no line ends in it"),
    "many columns": ("a," * 99_999 + "a\n", "lab_results.csv: 100000 columns, at most 10000 are read"),
    "an open quote": (HEADER + 'R1,P1,2021-01-01,"5\n', "line 2: a quote opened in this record is never closed"),
    "UTF-16": ((HEADER * 50).encode("utf-16"), "this is UTF-16 text; CSV in UTF-8 is expected"),
    "gzip": (gzip.compress(HEADER.encode(), mtime=0), "this is a gzip file; CSV in UTF-8 is expected"),
    "Parquet": (b"PAR1" * 10, "this is a Parquet file; CSV in UTF-8 is expected"),
    "bytes of no text": (HEADER.encode() + b"\xff\n", "line 2: a byte that is not UTF-8"),
    "nothing": (b"", "the file is empty, a header is expected"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), CSV.values(), ids=CSV)
def test_csv(extract: Path, canary: Canary, content: str | bytes, message: str) -> None:
    add(extract, content)
    assert_refused(extract, canary, message)


def test_a_formula_a_path_and_a_page_are_cells(extract: Path, canary: Canary) -> None:
    """They are landed as they stand, and what they name is neither read nor written."""
    from cartox.intake import land
    from cartox.progress import SilentProgress

    cells = (f"=cmd|'/c calc'!A0,{canary.secret},<script>alert(1)</script>", f"../{canary.folder}/x")
    add(extract, HEADER + f"{cells[0]},{cells[1]}\n")
    land(extract, canary.folder.parent / "landing", SilentProgress())
    (row,) = pq.read_table(canary.folder.parent / "landing/extract/lab_results.parquet").to_pylist()
    assert [row["result_id"], row["patient_id"]] == cells[0].split(",")[:2]
    canary.assert_alone(canary.folder.parent / "landing")


def test_what_is_no_file_or_lies_elsewhere(extract: Path, canary: Canary) -> None:
    file = extract / "lab_results.csv"
    for make, message in (
        (os.mkfifo, "a regular file is expected"),
        (os.mkdir, "a file is expected, this is a folder"),
        (partial(os.symlink, "lab_results.csv"), "a link that leads nowhere"),
        (partial(os.symlink, "/dev/zero"), "a regular file is expected"),
        (partial(os.symlink, canary.secret), "a link that leads out of the folder"),
        (partial(os.symlink, "../canary/secret.csv"), "a link that leads out of the folder"),
    ):
        make(file)
        if message == "a link that leads nowhere":
            assert_one_line(["validate", "--extract", str(extract)], "lab_results.csv: ")
        else:
            assert_refused(extract, canary, f"lab_results.csv: {message}")
        os.rmdir(file) if file.is_dir() else os.unlink(file)


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


PARQUET: dict[str, tuple[Callable[[Path], None], str]] = {
    "a text repeated": (
        partial(parquet_files.repeated_text, n_characters=100_000, n_rows=200),
        "lab_results.parquet: unpacked, more than 1000 times the file's",
    ),
    "a long text repeated": (
        partial(parquet_files.repeated_text, n_characters=1_000_000, n_rows=200),
        "lab_results.parquet, column result, row 1: a cell of more than 100,000 characters",
    ),
    "a text written out": (
        partial(parquet_files.plain_text, n_characters=50_000, n_rows=60),
        "unpacked, more than 1000 times the file's",
    ),
    "a text that grows": (
        partial(parquet_files.growing_text, n_characters=90_000, n_rows=60),
        "unpacked, more than 1000 times the file's",
    ),
    "rows of nothing": (
        partial(parquet_files.nothing, n_rows=60_000),
        "unpacked, more than 1000 times the file's",
    ),
    "many columns": (
        partial(parquet_files.many_columns, n_columns=10_001),
        "lab_results.parquet: 10001 columns, at most 10000 are read",
    ),
    "deep": (partial(parquet_files.nested, depth=20_000), "not a whole Parquet file"),
    "encrypted": (lambda file: _write(file, b"PARE" * 20), "not a whole Parquet file"),
    "a footer without end": (
        lambda file: _write(file, b"PAR1\xff\xff\xff\x7fPAR1"),
        "not a whole Parquet file",
    ),
}


@pytest.mark.parametrize(("make", "message"), PARQUET.values(), ids=PARQUET)
def test_parquet(
    extract: Path,
    canary: Canary,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], None],
    message: str,
) -> None:
    monkeypatch.setattr(bounds, "UNPACKED_FREELY", 1_000_000)
    make(extract / "lab_results.parquet")
    assert (extract / "lab_results.parquet").stat().st_size < 2_000_000
    assert_one_line(["validate", "--extract", str(extract)], message)
    canary.assert_alone()


@pytest.mark.parametrize("kind", [[["x"]], [{"a": "x"}], [b"x"], [[[["x"]]]]])
def test_parquet_of_nested_values(extract: Path, canary: Canary, kind: list[object]) -> None:
    names = {column: ["a"] for column in parquet_files.COLUMNS[:3]}
    pq.write_table(pa.table(names | {"result": pa.array(kind)}), extract / "lab_results.parquet")
    assert_refused(extract, canary, "lab_results.parquet, column result: values of type")


def test_pages_that_are_too_large_are_not_unpacked(
    extract: Path, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_plan, "LARGEST_PAGES", 3_000_000)
    parquet_files.plain_text(extract / "lab_results.parquet", 1000, 1000)
    assert_refused(
        extract, canary, "row group 1: pages of 4016028 bytes once unpacked, at most 3000000 are read"
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_flipped_byte_is_landed_or_told(extract: Path, canary: Canary, seed: int) -> None:
    """Wherever a byte of a page's header or of the footer is another, nothing but one line tells."""
    import random

    from cartox.errors import UserError
    from cartox.intake import land
    from cartox.progress import SilentProgress

    file = extract / "lab_results.parquet"
    parquet_files.repeated_text(file, 10, 500)
    content = bytearray(file.read_bytes())
    dice = random.Random(seed)  # noqa: S311 (no secret)
    for _ in range(20):
        spoilt = bytearray(content)
        spoilt[dice.randrange(4, len(content))] = dice.randrange(256)
        file.write_bytes(bytes(spoilt))
        message = ""
        try:
            land(extract, canary.folder.parent / "landing", SilentProgress())
        except UserError as error:
            message = str(error)
        assert len(message.splitlines()) <= 1
        assert TEXT not in message


def test_more_rows_than_any_registry_has(
    extract: Path, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST_ROWS", 3)
    add(extract, HEADER + "R1,P1,2021-01-01,5\n" * 4)
    assert_refused(extract, canary, "lab_results.csv: more than 3 rows")


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_memory_is_bounded(extract: Path, canary: Canary, kind: str) -> None:
    """2 GB of one repeated text in a Parquet file of some hundred bytes; 600 MB of NUL bytes without a line end."""
    if kind == "parquet":
        parquet_files.repeated_text(extract / "lab_results.parquet", 100_000, 20_000)
        assert (extract / "lab_results.parquet").stat().st_size < 1600
    else:
        with (extract / "lab_results.csv").open("wb") as stream:
            stream.truncate(600_000_000)
    ran = subprocess.run(
        [sys.executable, "-c", PEAK, str(extract)],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "python")},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (120, 120)),
    )
    assert ran.stderr.count("\n") == 1, ran.stderr
    code, megabytes = json.loads(ran.stdout)
    assert code == 2
    assert megabytes < 500

"""200 mutated var files and seed cells: none is executed, none reaches beyond its file, each ends in one line at most."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from cartox.cli.app import app
from cartox.cli.group import MISTAKEN
from cartox.intake.contract import ENTITIES
from cartox.warehouse.allowed_vars import read_domains
from cartox.warehouse.project import default_variables
from cartox.warehouse.variables import checked_variables, read_variables
from tests.spec.compiled_project import PROJECT, CompiledProject, connect, land_rows

N_VAR_FILES, N_SEED_CELLS, CELLS_AT_ONCE = 120, 80, 10
LONGEST_LINE = 400


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file that is there only if something was executed."""
    return tmp_path / "canary"


def texts(canary: Path, dice: random.Random) -> list[str]:
    """Texts that do something wherever they are taken for more than text."""
    return [
        f"standard of care'); copy (select 1) to '{canary}'; --",
        f"') union all select * from read_text('/etc/passwd'); copy (select 1) to '{canary}'; --",
        "x'; create table canary as select 1; --",
        '"; drop schema marts cascade; --',
        f"{{{{ run_query(\"copy (select 1) to '{canary}'\") }}}}",
        f"{{% do modules.os.system('touch {canary}') %}}",
        "{{ env_var('HOME') }} {# #}",
        f"$(touch {canary}) `touch {canary}` | touch {canary}",
        f"__import__('os').system('touch {canary}')",
        "a\nb\r\nc\u2028d\u0085e",
        "\x1b[31mred\x07\x00",
        "'" * dice.randint(1, 9),
        "\\" * dice.randint(1, 9) + "'",
        "(" * 150,
        "9" * 150,
        "-1e308",
        "../../../etc/passwd",
        "".join(dice.choices(string.printable, k=60)),
        "\U0001f489 \u202e desrever",
        "null",
    ]


def quoted(text: str) -> str:
    return '"' + "".join(f"\\U{ord(sign):08x}" if not sign.isalnum() else sign for sign in text) + '"'


def var_files(canary: Path) -> Iterator[bytes]:
    """Each a var file with one mistake or one attack, drawn with a seed that never changes."""
    dice = random.Random(11)  # noqa: S311
    names = list(default_variables(PROJECT))
    whole = [
        b"{" * 20_000,
        b"index_drug: " + b"[" * 20_000,
        b"index_drug: " + b"{a: " * 5_000,
        b"- " * 20_000,
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nindex_drug: *c\n",
        b"index_drug: &a [*a]\n",
        b"#" * 10_000_000,
        b"index_drug: " + b"a" * 60_000,
        b"\n".join(b"v%d: 1" % number for number in range(5_000)),
        b"last_study_day: " + b"9" * 4_400,
        f"index_drug: !!python/object/apply:os.system ['touch {canary}']".encode(),
        f"index_drug: !!python/object/new:subprocess.Popen [['touch', '{canary}']]".encode(),
        b"index_drug: !!binary YW5ha2lucmE=",
        b"index_drug: !include /etc/passwd",
        b"? [a, b]\n: c\n",
        b"? {a: b}\n: c\n",
        b"--- {}\n--- {}\n",
        b"%TAG ! tag:x\n---\n!a b\n",
        b"index_drug: \x00\n",
        b"\xff\xfei\x00n\x00",
    ]
    yield from whole
    for _ in range(N_VAR_FILES - len(whole)):
        name, text = dice.choice(names), quoted(dice.choice(texts(canary, dice)))
        shape = dice.choice(
            ["{v}", "[{v}]", "[{v}, {v}]", "{{{v}: {v}}}", "{{patients: {v}}}", "{big}", "[{big}, {big}]"]
        )
        big = dice.choice(
            ["100000000000", "-1", "1e400", ".inf", ".nan", "0x" + "f" * 60, "1_0", "1:60", "true", "0.5"]
        )
        key = dice.choice([name, name, name, name, text])
        yield f"{key}: {shape.format(v=text, big=big)}\n".encode()


def is_within(value: Any, words: set[str]) -> bool:
    """Whether a value that passed is a word that is known, a date, a small number, or the like."""
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return all(is_within(item, words) for item in items)
    if isinstance(value, str):
        return value in words or value.replace("-", "").isdecimal()
    return value is None or abs(value) <= 10_000


def known_words() -> set[str]:
    found: set[str] = set()
    for domain in read_domains(PROJECT).values():
        for part in (domain, getattr(domain, "word", None), getattr(domain, "domain", None)):
            found |= set(getattr(part, "known", ()))
    return found


def test_mutated_var_files(tmp_path: Path, canary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runner, words = CliRunner(), known_words()
    files = list(var_files(canary))
    assert len(files) == N_VAR_FILES
    n_refused = 0
    for content in files:
        path = Path("vars.yml")
        path.write_bytes(content)
        done = runner.invoke(app, ["validate", "--extract", "nowhere", "--vars", "vars.yml"])
        assert done.exit_code == MISTAKEN, content[:80]
        if "nowhere: no such folder" in done.stderr:  # the vars were taken
            passed = checked_variables(read_variables(path), PROJECT, "vars.yml")
            assert is_within(list(passed.values()), words), content
        else:
            n_refused += 1
        assert done.stderr.startswith("cartox: "), content[:80]
        assert done.stderr.strip("\n").isprintable(), content[:80]
        assert len(done.stderr) < LONGEST_LINE, content[:80]
        assert done.stdout == ""
        assert {entry.name for entry in tmp_path.iterdir()} == {"vars.yml"}, content[:80]
    assert n_refused > N_VAR_FILES * 0.9


def test_mutated_seed_cells(compiled_project: CompiledProject, tmp_path: Path, canary: Path) -> None:
    """A seed's cell is a value of a row and never a piece of SQL: whatever it holds, the models run or say no."""
    dice = random.Random(12)  # noqa: S311
    filled = {
        path.stem for path in (PROJECT / "seeds").rglob("*.csv") if len(path.read_text().splitlines()) > 1
    }
    cells = [
        (node.name, column)
        for node in compiled_project.nodes
        if node.name in filled
        for column, kind in node.column_types.items()
        if kind in ("string", "varchar", "text")
    ]
    assert len(cells) > 100
    n_tried = 0
    while n_tried < N_SEED_CELLS:
        edits = {}
        for name, column in dice.sample(cells, CELLS_AT_ONCE):
            text = dice.choice(texts(canary, dice)).replace("\x00", "").replace("'", "''")
            edits[name] = f"update seeds.{name} set {column} = '{text}' where rowid = 0"
        connection = connect()
        land_rows(connection, dict.fromkeys(ENTITIES, ()))
        error: duckdb.Error | None = None
        try:
            compiled_project.build(connection, seed_edits=edits)
        except duckdb.Error as refused:
            error = refused
        assert not isinstance(error, duckdb.ParserException | duckdb.IOException), error
        tables = connection.execute("select table_name from information_schema.tables").fetchall()
        assert ("canary",) not in tables
        assert not canary.exists()
        assert list(tmp_path.iterdir()) == []
        n_tried += len(edits)

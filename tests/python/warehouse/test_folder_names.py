"""A checkout, landing, extract or temporary folder may have any name that a browser or a person gives it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cartox.errors import UserError
from cartox.file_names import exact, require_usable
from cartox.intake.contract import ENTITIES
from cartox.progress import SilentProgress
from cartox.validation import validate
from tests.spec.compiled_project import PROJECT

NAMES = (
    "cartox (1)", "l'été", "{x}", "{{y}}", "{% z %}", 'a"b', "100%", "$HOME", "x;y", "[1]", "b[2]c", "[!a]", "*", "**", "q?m",
    "[", "]", "a,b", "~t", " lead", "a#b", "back\\slash",
)  # fmt: skip
PARTS = ("models", "macros", "seeds", "analysis", "tests/data")
FILES = ("dbt_project.yml", "profiles.yml", "allowed_vars.yml")
HOSTILE_ROW = '"x\'; create table seeds.canary as select 1; -- {{ 1 / 0 }} {% endraw %}"'


@pytest.mark.parametrize("name", NAMES)
def test_a_path_is_read_as_itself(name: str, tmp_path: Path) -> None:
    for folder in (name, "other"):
        (tmp_path / folder).mkdir(exist_ok=True)
        pq.write_table(pa.table({"folder": [folder]}), tmp_path / folder / "t.parquet")
    found = duckdb.execute("select folder from read_parquet(?)", [exact(tmp_path / name / "t.parquet")])
    assert found.fetchall() == [(name,)]


@pytest.mark.parametrize("sign", ["#", "?", "\\"])
def test_a_folder_that_duckdb_takes_for_another_is_refused(sign: str, tmp_path: Path) -> None:
    with pytest.raises(
        UserError, match=r"^mine: a database cannot be written below a folder with one of # \? \\$"
    ):
        require_usable(tmp_path / f"a{sign}b" / "cartox.duckdb", "mine")


def test_all_names_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = Path(*(name for name in NAMES if not set(name) & set("#?\\")))
    project = tmp_path / "checkout" / odd
    for part in PARTS:
        shutil.copytree(PROJECT / part, project / part)
    for file in FILES:
        shutil.copy(PROJECT / file, project)
    with (project / "seeds/terminology/words_medications.csv").open("a", encoding="utf-8") as seed:
        columns = (
            (PROJECT / "seeds/terminology/words_medications.csv").read_text(encoding="utf-8").splitlines()[0]
        )
        seed.write(",".join([HOSTILE_ROW] + [""] * columns.count(",")) + "\n")
    extract, temporary = tmp_path / "extract" / odd, tmp_path / "temporary" / odd
    for folder in (extract, temporary):
        folder.mkdir(parents=True)
    for entity in ENTITIES.values():
        (extract / f"{entity.name}.csv").write_text(",".join(entity.column_names) + "\n", encoding="utf-8")
    (extract / "patients.csv").write_text(
        "patient_id,birth_date,sex\nP1,1960-01-01,F\n,1961-01-01,F\n", encoding="utf-8"
    )
    monkeypatch.setenv("CARTOX_PROJECT", str(project))
    monkeypatch.setitem(os.environ, "TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    found = validate(extract, {}, SilentProgress())
    patients = next(file for file in found.files if file.entity == "patients")
    assert (patients.n_raw, patients.n_accepted, patients.n_quarantined) == (2, 1, 1)
    assert list(temporary.iterdir()) == []

"""The mark of synthetic records: carried where it is, never read, and nothing is said where it is not."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import duckdb
import pytest
from docx import Document
from rich.console import Console

import cartox.synthetic.omop_export
import cartox.synthetic.study
from cartox.intake import land, land_sources
from cartox.progress import SilentProgress
from cartox.release import write_release
from cartox.report import read_summary, show
from cartox.report.page.study import Study
from cartox.report.page.table_one_word import write_table_one
from cartox.synthetic import write_study, write_study_as_omop
from cartox.synthetic.extract import Extract
from cartox.synthetic_mark import MANIFEST_KEY, MARK, SENTENCE, mark_as_synthetic
from tests.python.results.handmade_study import build, load_study

NOTE = f"{MARK}: s{SENTENCE[1:]}"
CANARY = "Ermintrude \x1b[31m"


@pytest.fixture
def nothing_made(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (cartox.synthetic.study, cartox.synthetic.omop_export):
        monkeypatch.setattr(module, "make_study", lambda _: (Extract(), []))


@pytest.mark.usefixtures("nothing_made")
def test_what_synth_writes_bears_the_mark_through_the_landing(tmp_path: Path) -> None:
    write_study(tmp_path / "study")
    write_study_as_omop(tmp_path / "cdm")
    for number, sources in enumerate(
        (
            {"extract": tmp_path / "study"},
            {"omop": tmp_path / "cdm"},
            {"extract": tmp_path / "cdm" / "extract"},
        )
    ):
        landing = tmp_path / f"landing-{number}"
        required = ("toxicity_assessments",) if "extract" in sources else ()
        report = land_sources(
            landing,
            SilentProgress(),
            extract=sources.get("extract"),
            omop=sources.get("omop"),
            required=required,
        )
        assert NOTE in report.notes
        assert (landing / MARK).exists()


@pytest.mark.parametrize("name", [None, MARK, "Synthetic.TXT"])
def test_only_presence_counts(write_extract: Any, tmp_path: Path, name: str | None) -> None:
    extract = write_extract()
    if name:
        (extract / name).write_text(CANARY)
    report = land(extract, tmp_path / "landing", SilentProgress())
    assert report.notes == ((NOTE,) if name else ())
    assert (tmp_path / "landing" / MARK).exists() == bool(name)
    assert not name or "Ermintrude" not in (tmp_path / "landing" / MARK).read_text()


def test_a_later_landing_without_the_mark_does_not_keep_it(write_extract: Any, tmp_path: Path) -> None:
    extract = write_extract()
    mark_as_synthetic(extract)
    land(extract, tmp_path / "landing", SilentProgress())
    (extract / MARK).unlink()
    land(extract, tmp_path / "landing", SilentProgress())
    assert not (tmp_path / "landing" / MARK).exists()


@pytest.mark.parametrize("is_marked", [False, True])
def test_every_printer_says_it_or_nothing(tmp_path: Path, is_marked: bool) -> None:
    connection = duckdb.connect()
    load_study(connection)
    (tmp_path / "landing").mkdir()
    if is_marked:
        (tmp_path / "landing" / MARK).write_text(CANARY)
    build(connection, tmp_path / "landing")
    console = Console(file=io.StringIO(), width=100)
    show(connection, console)
    write_release(connection, tmp_path / "release", 5)
    write_table_one(Study.of(connection), tmp_path / "table_one.docx")
    word = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "table_one.docx")).paragraphs)
    summary = (tmp_path / "release" / "summary.md").read_text(encoding="utf-8")
    for text in (console.file.getvalue(), summary, word):  # type: ignore[attr-defined]
        assert (SENTENCE in text) == is_marked
        assert is_marked or "synthetic" not in text.lower()
        assert "Ermintrude" not in text
    facts = {row["key"]: row["value"] for row in read_summary(connection)["results.run_manifest"]}
    assert facts.get(MANIFEST_KEY) == ("true" if is_marked else None)
    assert (tmp_path / "release" / MARK).exists() == is_marked

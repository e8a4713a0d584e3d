"""The README's way, as a new user goes it: write the study, run it, read the published file."""

from __future__ import annotations

import json
import re
import shutil
import signal
import stat
from pathlib import Path

import duckdb
import pytest
from docx import Document

from cartox.synthetic_mark import MANIFEST_KEY, SENTENCE, SHORT
from tests.python.cli.test_interruption import end_in_phase
from tests.python.study import crs_by_hand
from tests.python.study.command import cartox
from tests.python.study.conftest import Apart
from tests.python.umasks import open_to_others

PROJECT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.xdist_group("whole run")


def open_warehouse(folder: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(folder / "warehouse" / "cartox.duckdb"), read_only=True)


def test_the_summary_names_the_verdict_on_every_printed_figure(folder: Path, shown: str) -> None:
    assert "Of 67 printed figures: 66 reproduced, 1 impossible." in shown
    assert "31 of 42 (73.8 %) responded" in shown
    full = cartox(folder, "show", "--full").stdout
    assert "Of 67 figures: 66 reproduced, 1 impossible." in full
    assert "31 of 42 responded, 73.8 %" in full


def test_the_summary_is_fifteen_lines_of_eighty_columns_and_three_paths(folder: Path) -> None:
    shown = cartox(folder, "show", columns=80).stdout.strip("\n").splitlines()
    assert len(shown) == 15 + 3
    assert max(len(line.rstrip()) for line in shown) <= 80
    assert [line.partition(":")[0] for line in shown[-3:]] == ["Checks", "Warehouse", "Report"]


def test_the_readme_shows_what_the_command_prints(shown: str) -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    block = readme.split("<!-- output of: cartox show -->\n```text\n")[1].split("\n```")[0]
    lines = [line.rstrip() for line in shown.strip("\n").splitlines()]
    assert block.splitlines() == lines[:-3]


@pytest.mark.parametrize(
    ("mart", "key"),
    [
        ("lab_daily_grid", "patient_id, analyte, study_day"),
        ("toxicity_days", "patient_id, toxicity, study_day"),
    ],
)
def test_the_days_of_a_patient_stand_beside_each_other(folder: Path, mart: str, key: str) -> None:
    days = open_warehouse(folder).execute(f"select {key} from marts.{mart}").fetchall()
    assert len(days) > 31
    assert days == sorted(days)


def test_the_readme_names_every_table(folder: Path) -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    tables = open_warehouse(folder).execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where schema_name in ('marts', 'results') order by all"
    )
    assert [name for (name,) in tables.fetchall() if name not in readme] == []


def test_the_published_file_is_for_its_owner_and_described(folder: Path) -> None:
    file = (folder / "warehouse" / "cartox.duckdb").resolve()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    connection = open_warehouse(folder)
    undescribed = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where not internal and coalesce(comment, '') = ''"
    ).fetchall()
    assert undescribed == []
    schemas = connection.execute("select distinct schema_name from duckdb_tables() order by all").fetchall()
    assert schemas == [("marts",), ("results",), ("seeds",)]
    assert connection.execute("select count(*) from duckdb_views() where not internal").fetchall() == [(0,)]


def test_whatever_a_run_makes_is_for_its_owner_alone_under_the_most_open_umask(folder: Path) -> None:
    assert open_to_others(*(folder / name for name in ("extract", "warehouse", "landing"))) == []
    assert open_to_others(*folder.glob(".landing*")) == []


def test_no_file_was_changed_since_it_was_published(folder: Path) -> None:
    listed = json.loads(cartox(folder, "history", "--json").stdout)
    assert [one["changed"] for one in listed] == [[]] * len(listed)
    assert {"cartox.duckdb", "report/index.html", "checks/index.html", "logs/build.tsv"} <= set(
        listed[0]["digests"]
    )


def test_the_demo_says_that_it_is_synthetic(folder: Path, shown: str, apart: Apart) -> None:
    assert SENTENCE in shown
    manifest = json.loads(cartox(folder, "show", "--json").stdout)["results.run_manifest"]
    assert {"key": MANIFEST_KEY, "value": "true"} in manifest
    report = folder / "warehouse" / "report"
    assert f'role="note">{SENTENCE}<' in (report / "index.html").read_text(encoding="utf-8")
    assert apart.done["report"].returncode == apart.done["release"].returncode == 0
    pictures = list((apart.folder / "report" / "figures").glob("*.svg"))
    assert len(pictures) > 10
    assert [path.name for path in pictures if SHORT not in path.read_text(encoding="utf-8")] == []
    word = Document(str(report / "tables" / "table_one.docx"))
    assert word.paragraphs[0].text == SENTENCE
    released = apart.folder / "out"
    assert SENTENCE in (released / "summary.md").read_text(encoding="utf-8")
    assert (released / "synthetic.txt").exists()
    assert MANIFEST_KEY in (released / "run_manifest.csv").read_text(encoding="utf-8")


def test_a_run_that_is_terminated_while_it_reports_leaves_what_was_published(folder: Path) -> None:
    before = (folder / "warehouse" / "cartox.duckdb").resolve()
    ended = end_in_phase(
        folder, "Writing the report", signal.SIGTERM, "run", "--extract", "extract", whole_group=True
    )
    assert (ended.code, ended.lines) == (143, ["cartox: terminated"])
    assert (folder / "warehouse" / "cartox.duckdb").resolve() == before
    assert not list((folder / "warehouse" / ".versions").glob(".building*"))


def test_the_checks_are_published_with_what_they_checked(folder: Path) -> None:
    index = (folder / "warehouse" / "checks" / "index.html").read_text(encoding="utf-8")
    tables = open_warehouse(folder).execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where schema_name in ('marts', 'results') order by all"
    )
    assert [name for (name,) in tables.fetchall() if f'<h2 id="{name}">' not in index] == []
    assert "<td>passed</td>" in index
    assert "<td>failed</td>" not in index


@pytest.fixture(scope="module")
def crs(folder: Path) -> duckdb.DuckDBPyConnection:
    """The second study, run on the built-in extract by the command that its page gives."""
    study = Path("studies", "tocilizumab_for_crs")
    shutil.copytree(PROJECT / study, folder / study)
    (folder / "demo").mkdir()
    (folder / "demo" / "extract").symlink_to(folder / "extract")
    page = (PROJECT / "studies" / "tocilizumab_for_crs" / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^\$ cartox (run .*)$", page, re.MULTILINE)
    done = cartox(folder, *command.split())
    assert done.returncode == 0, done.stderr
    assert "Tocilizumab for CRS after CAR-T" in done.stdout
    assert "The study printed no figures." in done.stdout
    return duckdb.connect(str(folder / study / "warehouse" / "cartox.duckdb"), read_only=True)


def test_another_study_needs_two_vars_only(crs: duckdb.DuckDBPyConnection) -> None:
    ((n, misplaced),) = crs.execute(
        "select count(*), count(*) filter (where course.onset_at > cohort.index_started_at) "
        "from marts.cohort join marts.toxicity_course as course using (patient_id) where toxicity = 'CRS'"
    ).fetchall()
    assert n > 0
    assert misplaced == 0
    given = crs.execute(
        "select count(*) from marts.cohort where not exists (select 1 from "
        "marts.medication_administrations as given where given.patient_id = cohort.patient_id "
        "and ingredient = 'tocilizumab' and status = 'given' and started_at = index_started_at)"
    ).fetchone()
    assert given == (0,)


def test_the_second_study_counts_as_a_reading_of_the_raw_files_by_hand(
    folder: Path, crs: duckdb.DuckDBPyConnection
) -> None:
    extract = crs_by_hand.Extract(folder / "extract")
    responders = crs_by_hand.cohort(extract)
    treated = crs.execute("select patient_id from marts.treated_patients").fetchall()
    assert {patient for (patient,) in treated} == set(crs_by_hand.treated(extract))
    cohort = crs.execute("select patient_id, study_group = 'responder' from marts.cohort").fetchall()
    assert dict(cohort) == responders
    printed = crs.execute(
        "select count, n from results.descriptives "
        "where variable = 'responder' and level = 'yes' and study_group = 'all'"
    ).fetchall()
    assert printed == [(sum(responders.values()), len(responders))]


def test_a_mistake_leaves_what_was_published(folder: Path) -> None:
    before = (folder / "warehouse" / "cartox.duckdb").resolve()
    (folder / "broken").mkdir(exist_ok=True)
    done = cartox(folder, "run", "--extract", "broken")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert (folder / "warehouse" / "cartox.duckdb").resolve() == before

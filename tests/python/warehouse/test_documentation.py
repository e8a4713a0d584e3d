"""`cartox docs`: one page beside the report, which tells of tables and columns and never of this machine."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.errors import UserError
from cartox.progress import SilentProgress
from cartox.warehouse.documentation import _under_a_policy, _within_a_script, publish_docs
from cartox.warehouse.failure import RunError
from cartox.warehouse.history import read_history
from cartox.warehouse.layout import Layout
from cartox.warehouse.lock import hold_lock
from cartox.warehouse.publication import begin_version, publish_version
from tests.python.umasks import open_to_others, umask
from tests.spec.compiled_project import PROJECT

pytestmark = pytest.mark.xdist_group("documentation")

LOADED = re.compile(
    r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=\s*["']?(?:https?:)?//""", re.IGNORECASE
)

PAGES = {"index.html", "lineage.html", "lineage.json"}


def publish(folder: Path, index_drug: str) -> Path:
    layout = Layout(folder / "cartox.duckdb")
    building = begin_version(layout, dt.datetime(2025, 1, 2, tzinfo=dt.UTC))
    with duckdb.connect(str(building / "cartox.duckdb")) as connection:
        connection.execute("create schema marts; create table marts.cohort (patient_id text)")
        connection.execute("insert into marts.cohort values ('CANARY4711')")
        connection.execute("create schema results; create table results.run_manifest (key text, value text)")
        connection.execute(
            "insert into results.run_manifest values ('var.index_drug', ?), ('var.max_gap_days', null), "
            "('var.care_settings', '[\"expanded access\"]')",
            [index_drug],
        )
    publish_version(layout, building)
    return layout.warehouse


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, dbt_target: Path) -> Path:
    """A published version with its documentation, made of what dbt parsed before."""
    warehouse = publish(tmp_path_factory.mktemp("documented"), "siltuximab")
    before = digest(warehouse)
    with umask(0):
        page = publish_docs(warehouse, SilentProgress())
    assert page == warehouse.parent / "docs" / "index.html"
    assert digest(warehouse) == before
    return warehouse


@pytest.fixture(scope="module")
def page(warehouse: Path) -> str:
    return (warehouse.parent / "docs" / "index.html").read_text(encoding="utf-8")


def test_the_page_lies_in_the_published_version_and_nothing_beside_it(warehouse: Path) -> None:
    version = Layout(warehouse).published()
    assert version is not None
    assert (warehouse.parent / "docs").resolve() == version / "docs"
    assert {path.name for path in (version / "docs").iterdir()} == PAGES
    assert {path.name for path in version.parent.iterdir()} == {".lock", version.name}


def test_the_page_is_for_its_owner_alone_whatever_the_umask(warehouse: Path) -> None:
    version = Layout(warehouse).published()
    assert version is not None
    assert open_to_others(version) == []


def test_the_page_changes_no_version(warehouse: Path) -> None:
    (found,) = read_history(warehouse)
    assert found.changed == ()
    assert found.digests is not None
    assert set(found.digests) == {"cartox.duckdb", *(f"docs/{page}" for page in PAGES)}


def test_the_page_tells_what_tables_and_columns_mean(page: str, manifest: dict[str, Any]) -> None:
    marts = [node for node in manifest["nodes"].values() if node["schema"] == "marts"]
    assert len(marts) > 20
    for node in marts:
        for text in (node["description"], *(column["description"] for column in node["columns"].values())):
            assert json.dumps(text)[1:-1] in page, node["name"]


def test_the_page_knows_what_each_table_is_made_from(page: str, manifest: dict[str, Any]) -> None:
    assert '"parent_map"' in page
    for parent in manifest["nodes"]["model.cartox.cohort"]["depends_on"]["nodes"]:
        assert parent in page


def test_the_page_loads_nothing_from_elsewhere(page: str) -> None:
    assert LOADED.findall(page) == []
    assert '"send_anonymous_usage_stats": false' in page


def test_the_page_may_run_its_own_script_and_load_nothing(page: str) -> None:
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    opening = next(re.finditer(r"<script[^>]*>", page))
    script, _, rest = page[opening.end() :].partition("</script>")
    assert "<script" not in rest
    own = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert dict(part.split(" ", 1) for part in policy.split("; ")) == {
        "default-src": "'none'",
        "script-src": f"'sha256-{own}'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert page.index("Content-Security-Policy") < opening.start()
    assert 'rel="shortcut icon"' not in page


@pytest.mark.parametrize("text", ["<html></html>", '<meta charset="utf-8">', "<script>1</script>"])
def test_a_page_that_would_open_without_a_policy_is_not_published(text: str) -> None:
    with pytest.raises(RunError, match="its page has another form"):
        _under_a_policy(text)


def test_the_pages_hold_no_row_and_no_path_of_this_machine(warehouse: Path) -> None:
    for name in PAGES:
        text = (warehouse.parent / "docs" / name).read_text(encoding="utf-8")
        assert "CANARY4711" not in text
        for path in (PROJECT, warehouse.parent, Path.home()):
            assert str(path) not in text


def test_the_lineage_has_every_documented_column_of_the_marts(
    warehouse: Path, manifest: dict[str, Any]
) -> None:
    told = json.loads((warehouse.parent / "docs" / "lineage.json").read_text(encoding="utf-8"))
    assert told["not_read"] == {}
    assert {row["column"] for row in told["columns"] if row["column"].startswith("marts.")} == {
        f"marts.{node['name']}.{column}"
        for node in manifest["nodes"].values()
        if node["schema"] == "marts" and node["resource_type"] == "model"
        for column in node["columns"]
    }


def test_the_page_tells_of_the_vars_of_the_published_run(page: str) -> None:
    assert "= 'siltuximab'" in page
    assert "in ('expanded access')" in page


def test_while_a_run_is_at_work_nothing_is_touched(warehouse: Path) -> None:
    with (
        hold_lock(Layout(warehouse).lock, warehouse),
        pytest.raises(UserError, match="another run is at work"),
    ):
        publish_docs(warehouse, SilentProgress())


def test_without_a_published_version_there_is_nothing_to_document(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no version was published there"):
        publish_docs(tmp_path / "cartox.duckdb", SilentProgress())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "value", ["{{ run_query('create table canary (x int)') }}", "x'; create table canary as select 1; --"]
)
def test_a_manifest_that_no_var_file_could_have_made_is_refused(tmp_path: Path, value: str) -> None:
    warehouse = publish(tmp_path, value)
    with pytest.raises(UserError, match=r"results\.run_manifest: var index_drug: .* is not in seeds/"):
        publish_docs(warehouse, SilentProgress())


def test_a_text_of_the_file_cannot_end_the_pages_script() -> None:
    told = json.dumps({"comment": "</script><script>alert(1)</script><!--<script>"})
    written = _within_a_script(told)
    assert "</" not in written
    assert "<!--" not in written
    assert json.loads(written) == json.loads(told)

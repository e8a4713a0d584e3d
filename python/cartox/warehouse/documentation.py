"""The models' documentation: one page with lineage and the columns' meanings, published beside the report."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import yaml

from cartox.errors import UserError
from cartox.progress import Progress
from cartox.project import find_project
from cartox.warehouse.dbt_invocation import DbtPlaces, first_line, invoke_dbt
from cartox.warehouse.exhaustion import told_when_exhausted
from cartox.warehouse.failure import RunError
from cartox.warehouse.layout import Layout
from cartox.warehouse.lock import hold_lock
from cartox.warehouse.opening import open_results
from cartox.warehouse.project import default_variables
from cartox.warehouse.versions import switch_to

PAGE = "index.html"


def publish_docs(warehouse: Path, progress: Progress) -> Path:
    """Make the documentation of the published version, publish it in one step, and return its fixed link.

    The page tells of the models as they are in the project now, with the vars of the published run; types are
    read from the published file, which is opened read-only. It holds no row of any table and no path of this
    machine.

    Raises UserError where nothing is published or a run is at work; RunError where dbt fails.
    """
    layout = Layout(warehouse.absolute())
    if layout.published() is None:
        raise UserError(f"{warehouse}: no version was published there; cartox run --extract DIR makes one")
    layout.require_free()
    with told_when_exhausted(layout.folder), hold_lock(layout.lock, warehouse):
        version = layout.published()
        if version is None:
            raise UserError(f"{warehouse}: no version was published there; cartox run --extract DIR makes one")
        write_docs(version / layout.warehouse.name, layout.versions, version / "docs", progress)
        switch_to(layout, version, lambda _: None)
    return Layout(warehouse).link("docs") / PAGE


def write_docs(database: Path, scratch: Path, folder: Path, progress: Progress) -> None:
    """Write the documentation of a built warehouse file into `folder`, by way of a folder that comes and goes in `scratch`.

    Raises RunError where dbt fails.
    """
    progress.step("Documenting the models")
    with TemporaryDirectory(prefix=".building-docs-", dir=scratch) as name:
        page = _make(database, Path(name))
        folder.mkdir(mode=0o700, exist_ok=True)
        page.replace(folder / PAGE)


def _make(database: Path, work: Path) -> Path:
    project = find_project()
    places = DbtPlaces(project, _read_only_profile(project, work), work, work / "landing", database)
    variables = _variables_of(database, default_variables(project))
    outcome = invoke_dbt(["docs", "generate", "--static"], places, variables)
    page = work / "static_index.html"
    if not outcome.success or not page.exists():
        raise RunError(f"dbt could not document the models: {first_line(outcome.exception)}")
    page.write_text(_without_paths(page.read_text(encoding="utf-8"), places), encoding="utf-8")
    return page


def _read_only_profile(project: Path, work: Path) -> Path:
    profile = yaml.safe_load((project / "profiles.yml").read_text(encoding="utf-8"))
    profile["cartox"]["outputs"]["duckdb"]["config_options"] = {"access_mode": "read_only"}
    (work / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    return work


def _variables_of(database: Path, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return the vars that the published run was made with, as its manifest tells them."""
    with open_results(database) as connection:
        try:
            facts = dict(connection.execute("select key, value from results.run_manifest").fetchall())
        except duckdb.Error:
            return {}
    told = {name: facts[f"var.{name}"] for name in defaults if f"var.{name}" in facts}
    return {
        name: value if value is None or isinstance(defaults[name], str) else json.loads(value)
        for name, value in told.items()
    }


def _without_paths(text: str, places: DbtPlaces) -> str:
    for path, shown in ((places.work, "."), (places.database.parent, "warehouse"), (places.project, ".")):
        text = text.replace(json.dumps(str(path))[1:-1], shown)
    return text

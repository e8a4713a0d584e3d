"""The models' documentation: tables and what their columns mean, and each column's lineage, published beside the report."""

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import yaml

from cartox.content_policy import content_policy
from cartox.errors import UserError
from cartox.locked_database import LOCK
from cartox.owner import FOLDER, owner_only
from cartox.progress import Progress
from cartox.project import find_project
from cartox.warehouse.build_plan import LANDING
from cartox.warehouse.column_lineage import column_lineage
from cartox.warehouse.compiled_plan import kept_manifest
from cartox.warehouse.dbt_invocation import DATABASE, DbtPlaces, first_line, invoke_dbt
from cartox.warehouse.digests import renew_digests
from cartox.warehouse.exhaustion import told_when_exhausted
from cartox.warehouse.failure import RunError
from cartox.warehouse.layout import Layout
from cartox.warehouse.lineage_page import LINEAGE_PAGE, LINEAGE_TABLE, write_lineage
from cartox.warehouse.lock import hold_lock
from cartox.warehouse.opening import open_results
from cartox.warehouse.project import default_variables
from cartox.warehouse.variables import checked_variables
from cartox.warehouse.versions import switch_to
from cartox.yaml_file import read_yaml

PAGE = "index.html"
PAGES = (PAGE, LINEAGE_PAGE, LINEAGE_TABLE)
CHARSET = '<meta charset="utf-8">'
ICON = re.compile(r'<link rel="shortcut icon"[^>]*>')
SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
LONGEST_VALUE = 1_000  # characters of a var in a manifest


@owner_only()
def publish_docs(warehouse: Path, progress: Progress, project: Path | None = None) -> Path:
    """Make the documentation of the published version, publish it in one step, and return its fixed link.

    The page tells of the models as they are in `project` now (without one, the package's own), with the vars of the
    published run; types are read from the published file, which is opened read-only. It holds no row of any table and
    no path of this machine.

    Raises UserError where nothing is published or a run is at work; RunError where dbt fails.
    """
    layout = Layout(warehouse.absolute())
    if layout.published() is None:
        raise UserError(f"{warehouse}: no version was published there; cartox run --extract DIR makes one")
    layout.require_free()
    with told_when_exhausted(layout.folder), hold_lock(layout.lock, warehouse):
        version = layout.published()
        if version is None:
            raise UserError(
                f"{warehouse}: no version was published there; cartox run --extract DIR makes one"
            )
        write_docs(
            version / layout.warehouse.name,
            layout.versions,
            version / "docs",
            progress,
            project,
            layout.plans,
        )
        renew_digests(version, "docs")
        switch_to(layout, version, lambda _: None)
    return Layout(warehouse).link("docs") / PAGE


def write_docs(
    database: Path,
    scratch: Path,
    folder: Path,
    progress: Progress,
    project: Path | None = None,
    plans: Path | None = None,
) -> None:
    """Write the documentation of a built warehouse file into `folder`, by way of a folder that comes and goes in `scratch`.

    What dbt parsed for an earlier build is read from the folder `plans`.

    Raises RunError where dbt fails.
    """
    progress.step("Documenting the models")
    with TemporaryDirectory(prefix=".building-docs-", dir=scratch) as name:
        made = _make(database, Path(name), project or find_project(), plans)
        folder.mkdir(mode=FOLDER, exist_ok=True)
        for page in PAGES:
            (made / page).replace(folder / page)


def _make(database: Path, work: Path, project: Path, plans: Path | None) -> Path:
    places = DbtPlaces(
        project, _read_only_profile(project, work), work, Path(LANDING), _named(database, work)
    )
    variables = _variables_of(database, project)
    manifest = kept_manifest(project, variables, plans)
    if manifest is None:
        outcome = invoke_dbt(["docs", "generate"], places, variables)
    else:
        outcome = invoke_dbt(["docs", "generate", "--no-compile"], places, variables, manifest=manifest)
        manifest.write(str(work / "manifest.json"))
    page = work / PAGE
    if not outcome.success or not page.exists():
        raise RunError(f"dbt could not document the models: {first_line(outcome.exception)}")
    text = page.read_text(encoding="utf-8")
    for name in ("manifest", "catalog"):
        told = (work / f"{name}.json").read_text(encoding="utf-8")
        text = text.replace(f'"{name.upper()}.JSON INLINE DATA"', _within_a_script(told))
    page.write_text(_under_a_policy(_without_paths(text, places)), encoding="utf-8")
    write_lineage(column_lineage(json.loads((work / "manifest.json").read_text(encoding="utf-8"))), work)
    return work


def _under_a_policy(text: str) -> str:
    """Let the browser run the page's own script and load nothing, its icon that is no file neither.

    Raises RunError where the page is not as dbt makes it: it would open without a policy, or not at all.
    """
    policy = content_policy(SCRIPT.findall(text), has_fonts=True)
    under = f'{CHARSET}<meta http-equiv="Content-Security-Policy" content="{policy}">'
    if text.count(CHARSET) != 1 or not SCRIPT.search(text):
        raise RunError("dbt could not document the models: its page has another form")
    return ICON.sub("", text.replace(CHARSET, under), count=1)


def _within_a_script(told: str) -> str:
    """Write JSON so that no text in it ends the page's script, as dbt's own static page lets it."""
    return told.replace("</", "<\\/").replace("<!--", "<\\u0021--")


def _read_only_profile(project: Path, work: Path) -> Path:
    profile = read_yaml(project / "profiles.yml")
    options = {**LOCK, "access_mode": "read_only", "enable_external_access": "false"}
    profile["cartox"]["outputs"]["duckdb"]["config_options"] = options
    (work / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    return work


def _named(database: Path, work: Path) -> Path:
    """Return the file under a name that dbt can work with."""
    named = work / DATABASE
    try:
        named.hardlink_to(database)
    except OSError:  # a file system without hard links
        shutil.copyfile(database, named)
    return named


def _variables_of(database: Path, project: Path) -> dict[str, Any]:
    """Return the vars that the published run was made with, as its manifest tells them.

    Raises UserError where one of them is not what a var file may hold: the file may come from elsewhere.
    """
    defaults = default_variables(project)
    with open_results(database) as connection:
        try:
            facts = dict(connection.execute("select key, value from results.run_manifest").fetchall())
        except duckdb.Error:
            return {}
    told = {name: facts[f"var.{name}"] for name in defaults if f"var.{name}" in facts}
    origin = f"{database}: results.run_manifest"
    read = {name: value if isinstance(defaults[name], str) else _read(value) for name, value in told.items()}
    return checked_variables(read, project, origin)


def _read(value: str | None) -> Any:
    """Return what the manifest wrote as JSON, or the text itself where that is no JSON."""
    if value is None or len(value) > LONGEST_VALUE:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _without_paths(text: str, places: DbtPlaces) -> str:
    for path, shown in ((places.work, "."), (places.database.parent, "warehouse"), (places.project, ".")):
        text = text.replace(json.dumps(str(path))[1:-1], shown)
    return text.replace(LANDING, "landing")

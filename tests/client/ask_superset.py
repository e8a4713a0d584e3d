"""Import the dashboard that `cartox export --superset` wrote into a real Superset and ask it every chart.

Run it with the Python of an environment that holds tests/client/superset.lock: `make superset`. Superset keeps what it
is told in a SQLite file of a folder that comes and goes; nothing listens on a port.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import duckdb
import yaml

SETTINGS = """
SECRET_KEY = {secret!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///{folder}/superset.db"
DATA_DIR = {folder!r}
CACHE_CONFIG = DATA_CACHE_CONFIG = {{"CACHE_TYPE": "NullCache"}}
FILTER_STATE_CACHE_CONFIG = EXPLORE_FORM_DATA_CACHE_CONFIG = {{"CACHE_TYPE": "SimpleCache"}}
LOG_LEVEL = "ERROR"
WTF_CSRF_ENABLED = False
"""
REFUSED = {
    "delete from marts.cohort": "does not allow for DDL/DML",
    "select * from read_text('{own}')": "file system operations are disabled",
}
"""Queries that must not be answered, and how Superset or DuckDB says why."""
PAGE = Path(__file__).parents[2] / "docs" / "bi.md"
USER = "asks"


def read_bundle(bundle: Path, warehouse: Path) -> dict[str, dict[str, Any]]:
    """Return of each chart by its title the columns that it shows and the rows that DuckDB gives for its query.

    Raises ValueError where a query is not one that docs/bi.md prints.
    """
    with ZipFile(bundle) as opened:
        parts = [(name, yaml.safe_load(opened.read(name))) for name in opened.namelist()]
    asked = {part["uuid"]: part["sql"] for name, part in parts if "/datasets/" in name}
    printed = {
        sql.strip() for sql in re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    }
    if set(asked.values()) != printed:
        raise ValueError("the queries are not those of docs/bi.md")
    charts = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for name, part in parts:
            if "/charts/" in name:
                answer = connection.execute(asked[part["dataset_uuid"]])
                columns = [column[0] for column in answer.description or ()]
                rows = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
                charts[part["slice_name"]] = {"columns": set(columns), "rows": rows}
    return charts


def start(folder: Path) -> str:
    """Make a Superset with one user and return the user's password; what its commands say is shown where one fails."""
    settings, password = folder / "superset_config.py", secrets.token_urlsafe()
    settings.write_text(
        SETTINGS.format(secret=secrets.token_urlsafe(42), folder=str(folder)), encoding="utf-8"
    )
    os.environ |= {"SUPERSET_CONFIG_PATH": str(settings), "FLASK_APP": "superset"}
    named = ["--username", USER, "--firstname", USER, "--lastname", USER, "--email", f"{USER}@localhost"]
    superset("db", "upgrade")
    superset("init")
    superset("fab", "create-admin", *named, "--password", password)
    return password


def superset(*words: str) -> None:
    """Run a command of Superset; raises CalledProcessError where it fails."""
    done = subprocess.run(
        [Path(sys.executable).with_name("superset"), *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        done.check_returncode()


def compare(charts: dict[str, dict[str, Any]], password: str) -> int:
    """Ask each chart over the interface, and return how many rows were the same as DuckDB's.

    Raises ValueError where a chart is missing or more than once, or shows other rows, or a query that Superset must
    refuse is answered.
    """
    create_app = import_module("superset.app").create_app  # reads where its settings are when it is imported
    with create_app().test_client() as client:
        login = {"username": USER, "password": password, "provider": "db"}
        token = client.post("/api/v1/security/login", json=login).json["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        found = client.get("/api/v1/chart/", headers=headers).json["result"]
        dashboards = client.get("/api/v1/dashboard/", headers=headers).json["result"]
        if sorted(one["slice_name"] for one in found) != sorted(charts) or len(dashboards) != 1:
            raise ValueError(f"{len(found)} charts and {len(dashboards)} dashboards were imported")
        shown = client.get(f"/api/v1/dashboard/{dashboards[0]['id']}/charts", headers=headers).json["result"]
        if len(shown) != len(charts):
            raise ValueError(f"the dashboard has {len(shown)} charts")
        n_rows = 0
        for one in found:
            answer = client.get(f"/api/v1/chart/{one['id']}/data/", headers=headers)
            if answer.status_code != 200:  # HTTP: answered
                raise ValueError(f"{one['slice_name']}: {answer.json}")
            n_rows += same(one["slice_name"], answer.json["result"][0], charts[one["slice_name"]])
        refuse(client, headers)
    return n_rows


def same(title: str, answer: dict[str, Any], expected: dict[str, Any]) -> int:
    """Return how many rows a chart shows; raises ValueError where they are not those of the query, column by column."""
    columns = answer["colnames"]
    if not set(columns) <= expected["columns"]:
        raise ValueError(f"{title}: columns {columns}")
    by_text = [
        sorted(json.dumps([row[name] for name in columns], default=str) for row in rows)
        for rows in (answer["data"], expected["rows"])
    ]
    if by_text[0] != by_text[1]:
        raise ValueError(f"{title}: {len(by_text[0])} rows are not the query's {len(by_text[1])}")
    return len(by_text[0])


def refuse(client: Any, headers: dict[str, str]) -> None:
    """Raise ValueError where Superset writes into the published file, reads a file beside it, or fails at something else."""
    database = client.get("/api/v1/database/", headers=headers).json["result"][0]["id"]
    for query, reason in REFUSED.items():
        sql = query.format(own=Path(__file__).resolve())
        told = client.post(
            "/api/v1/sqllab/execute/", headers=headers, json={"database_id": database, "sql": sql}
        )
        if told.status_code == 200 or reason not in json.dumps(told.json):  # HTTP: answered
            raise ValueError(f"{query}: {told.status_code} {told.json}")
        sys.stdout.write(f"refused: {query.partition('(')[0]}\n")


def main(warehouse: Path, bundle: Path) -> None:
    """Import the dashboard twice, as a user may, and say what was compared."""
    charts = read_bundle(bundle, warehouse)
    with TemporaryDirectory(prefix="cartox-superset-") as name:
        password = start(Path(name))
        for _ in range(2):
            superset("import-dashboards", "--path", str(bundle), "--username", USER)
        n_rows = compare(charts, password)
    told = ", ".join(f"{name} {version(name)}" for name in ("apache-superset", "duckdb-engine", "duckdb"))
    sys.stdout.write(f"{told}: {len(charts)} charts show the {n_rows} rows of their queries\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute())

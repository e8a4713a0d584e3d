"""What dbt compiled is kept for the same project and vars alone, and what only dbt can build is left to dbt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartox.progress import SilentProgress
from cartox.project import find_project
from cartox.warehouse import compiled_plan
from cartox.warehouse.build_plan import NotPlannedError
from cartox.warehouse.compiled_plan import planned_steps
from cartox.warehouse.dbt_invocation import invoke_dbt
from cartox.warehouse.failure import RunError
from cartox.warehouse.kept_plans import plans_folder
from cartox.warehouse.model_build import build_models
from cartox.warehouse.plan_names import is_parsed_by_vars
from tests.python.warehouse.test_model_build import PROFILE, PROJECT


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    for part in ("models", "macros", "seeds", "tests"):
        (folder / part).mkdir(parents=True)
    (folder / "profiles.yml").write_text(PROFILE)
    (folder / "dbt_project.yml").write_text(PROJECT)
    (folder / "models" / "greeting.sql").write_text("select '{{ var(\"greeting\") }}' as text")
    return folder


def build(project: Path, **variables: Any) -> duckdb.DuckDBPyConnection:
    file = project.parent / f"{len(list(project.parent.iterdir()))}" / "marts.duckdb"
    file.parent.mkdir()
    build_models(project, Path("/landing"), file, variables, SilentProgress())
    return duckdb.connect(str(file), read_only=True)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that dbt was given."""
    commands: list[str] = []

    def note(command: Sequence[str], *given: Any, **named: Any) -> Any:
        commands.append(command[0])
        return invoke_dbt(command, *given, **named)

    monkeypatch.setattr(compiled_plan, "invoke_dbt", note)
    return commands


def test_dbt_compiles_once_for_a_project_and_its_vars(project: Path, parsed: list[str]) -> None:
    assert planned_steps(project, {}) == planned_steps(project, {})
    assert parsed == ["parse", "compile"]
    for _ in range(2):
        assert "hello" in planned_steps(project, {})[0].sql
        assert "servus" in planned_steps(project, {"greeting": "servus"})[0].sql
    assert parsed == ["parse", "compile", "compile"]
    (project / "models" / "greeting.sql").write_text("select 2 as n")
    assert planned_steps(project, {})[0].sql == "select 2 as n"
    (project / "macros" / "unused.sql").write_text("{% macro unused() %}{% endmacro %}")
    planned_steps(project, {})
    assert parsed[3:] == ["parse", "compile"] * 2


@pytest.mark.parametrize("profile", [PROFILE, (find_project() / "profiles.yml").read_text(encoding="utf-8")])
def test_dbt_parses_once_for_all_vars(project: Path, parsed: list[str], profile: str) -> None:
    (project / "profiles.yml").write_text(profile)
    assert "hello" in planned_steps(project, {})[0].sql
    assert "servus" in planned_steps(project, {"greeting": "servus"})[0].sql
    assert parsed == ["parse", "compile", "compile"]


def test_a_var_that_is_given_its_default_changes_no_plan(project: Path, parsed: list[str]) -> None:
    (project / "dbt_project.yml").write_text(
        PROJECT.replace("{greeting: hello}", "{greeting: 1, days: [1, 2]}")
    )
    steps = planned_steps(project, {})
    assert planned_steps(project, {"greeting": 1, "days": [1, 2]}) == steps
    assert parsed == ["parse", "compile"]
    assert "true" in planned_steps(project, {"greeting": True})[0].sql.lower()
    assert "1.0" in planned_steps(project, {"greeting": 1.0})[0].sql


def test_no_var_decides_what_dbt_parses_of_the_project_itself() -> None:
    assert not is_parsed_by_vars(find_project())


def test_memory_bounds_a_build_and_changes_no_plan(project: Path, parsed: list[str]) -> None:
    (project / "models" / "greeting.sql").write_text("select current_setting('memory_limit') as text")
    (unbounded,) = build(project).execute("from greeting").fetchall()
    assert build(project, memory_gib=3).execute("from greeting").fetchall() == [("3.0 GiB",)] != [unbounded]
    assert build(project, memory_gib=None).execute("from greeting").fetchall() == [unbounded]
    assert parsed == ["parse", "compile"]


@pytest.mark.parametrize(
    ("model", "text"),
    [
        ("greeting.sql", "{{ config(enabled=(var('greeting') == 'servus')) }} select 1 as n"),
        (
            "greeting.yml",
            "models:\n  - {name: greeting, config: {enabled: \"{{ var('greeting') == 'servus' }}\"}}\n",
        ),
        ("site/own.sql", "{{ config(enabled=(var('greeting') == 'servus')) }} select 1 as n"),
    ],
)
def test_a_project_whose_vars_decide_what_is_parsed_is_parsed_for_each(
    project: Path, parsed: list[str], model: str, text: str
) -> None:
    file = project / "models" / model
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    names = [
        {step.name for step in planned_steps(project, {"greeting": greeting})}
        for greeting in ("hello", "servus")
    ]
    assert len(names[1] - names[0]) == 1
    assert parsed == ["parse", "compile"] * 2


def test_what_a_macro_chooses_by_a_var_is_parsed_again(project: Path, parsed: list[str]) -> None:
    (project / "macros" / "chosen.sql").write_text(
        "{% macro chosen() %}{% set name = var('greeting') %}{{ ref(name) }}{% endmacro %}"
    )
    (project / "models" / "greeting.sql").write_text("select * from {{ chosen() }}")
    for name in ("hello", "servus"):
        (project / "models" / f"{name}.sql").write_text(f"select '{name}' as text")
    for name in ("hello", "servus"):
        parents = {step.name: step.parents for step in planned_steps(project, {"greeting": name})}["greeting"]
        assert [parent.split(".")[-1] for parent in parents] == [name]
    assert parsed == ["parse", "compile", "compile", "compile", "parse", "compile"]


def test_other_rows_of_a_seed_need_no_other_plan(project: Path, parsed: list[str]) -> None:
    """The steps read the seed's file; its columns, which they name, are those of its YAML."""
    seed = project / "seeds" / "words.csv"
    (project / "seeds" / "words.yml").write_text(
        "seeds:\n  - name: words\n    config: {column_types: {word: varchar}}\n"
    )
    (project / "models" / "greeting.sql").write_text("select * from {{ ref('words') }}")
    for word in ("servus", "moin"):
        seed.write_text(f"word\n{word}\n")
        assert build(project).execute("from greeting").fetchall() == [(word,)]
    assert parsed == ["parse", "compile"]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("{{ config(materialized='view') }} select 1 as n", "greeting is a view"),
        ("{{ config(pre_hook='select 1') }} select 1 as n", "has a hook"),
        ("select '{{ run_started_at }}' as n", "run_started_at"),
        ("select '{{ env_var(\"HOME\") }}' as n", "a variable of the environment"),
    ],
)
def test_what_only_dbt_can_build_is_built_by_dbt(project: Path, sql: str, reason: str) -> None:
    (project / "models" / "greeting.sql").write_text(sql)
    with pytest.raises(NotPlannedError, match=reason):
        planned_steps(project, {})
    assert len(build(project).execute("from greeting").fetchall()) == 1


def test_seeds_contracts_comments_and_tests(project: Path) -> None:
    (project / "seeds" / "words.csv").write_text('word,n\n"a, ""b""",1\n,2\n')
    (project / "models" / "marts.yml").write_text(
        "models:\n  - name: marts\n    description: It's one row.\n"
        "    config: {contract: {enforced: true}, persist_docs: {relation: true, columns: true}}\n"
        "    constraints: [{type: primary_key, columns: [n]}, {type: check, expression: n < 9}]\n"
        "    columns:\n      - {name: n, data_type: integer, description: How many., constraints: [{type: not_null}]}\n"
        "      - {name: word, data_type: varchar, description: A word.}\n"
        "seeds:\n  - name: words\n    config: {column_types: {word: varchar, n: integer}}\n"
    )
    model = project / "models" / "marts.sql"
    model.write_text("select word, n from {{ ref('words') }} -- and a remark at the end")
    connection = build(project)
    assert connection.execute("from main.marts order by n").fetchall() == [(1, 'a, "b"'), (2, None)]
    assert connection.execute(
        "select comment from duckdb_tables() where table_name = 'marts'"
    ).fetchall() == [("It's one row.",)]
    constraints = connection.execute(
        "select constraint_type from duckdb_constraints() where table_name = 'marts' order by 1"
    )
    assert [kind for (kind,) in constraints.fetchall()] == ["CHECK", "NOT NULL", "PRIMARY KEY"]
    for changed, told in (
        ("select word, n + 8 as n from {{ ref('words') }}", "model marts failed: Constraint Error"),
        ("select word, n::bigint as n from {{ ref('words') }}", "model marts failed"),
        ("select word, n, 1 as more from {{ ref('words') }}", "model marts failed"),
    ):
        model.write_text(changed)
        with pytest.raises(RunError) as caught:
            build(project)
        assert caught.value.lines == (told,)


def test_a_failed_test_holds_up_what_stands_on_its_model_and_nothing_else(project: Path) -> None:
    (project / "models" / "above.sql").write_text("select * from {{ ref('greeting') }}")
    (project / "models" / "beside.sql").write_text("select 1 as n")
    (project / "tests" / "no_greeting.sql").write_text("select * from {{ ref('greeting') }}")
    (project / "tests" / "nothing_above.sql").write_text("select * from {{ ref('above') }}")
    with pytest.raises(RunError) as caught:
        build(project)
    assert caught.value.lines == (
        "test no_greeting failed: 1 rows break it",
        "2 models and tests that stand on these were not built",
    )
    file = next(project.parent.glob("*/marts.duckdb"))
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
    assert tables == [("beside",), ("greeting",)]


def test_a_plan_that_was_cut_off_is_made_again(project: Path, parsed: list[str]) -> None:
    steps = planned_steps(project, {})
    folder = plans_folder(None)
    assert folder is not None
    for file in folder.glob("*.json"):
        file.write_bytes(file.read_bytes()[:40])
    assert planned_steps(project, {}) == steps
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:40])
    assert planned_steps(project, {}) == steps
    assert parsed == ["parse", "compile", "compile", "parse", "compile"]

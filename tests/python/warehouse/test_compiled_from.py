"""With other vars, what asks for them is compiled anew and nothing else; the plan is that of a whole compilation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cartox.project import find_project
from cartox.warehouse import compiled_plan
from cartox.warehouse.build_plan import plan_steps
from cartox.warehouse.compiled_from import asking_for
from cartox.warehouse.compiled_plan import compiled_manifest, planned_steps
from cartox.warehouse.dbt_invocation import invoke_dbt
from cartox.warehouse.kept_plans import kept
from cartox.warehouse.record_sources import plan_sources
from tests.python.warehouse.test_model_build import PROFILE, PROJECT

OTHERS: dict[str, Any] = {
    "index_toxicity": "crs",
    "response_definition": "grade_0",
    "decimal_marks": {"lab_results": ","},
    "plausible_years": [1900, 2040],
    "last_study_day": 20,
}
SOURCES: dict[str, Any] = {"record_sources": dict(plan_sources({}, None, Path("cdm")).sources)}

FILES = {
    "models/asking.sql": "select '{{ var(\"greeting\") }}' as text",
    "models/within.sql": "{{ config(materialized='ephemeral') }} select '{{ var('greeting') }}' as text",
    "models/above.sql": "select * from {{ ref('within') }}",
    "models/far_above.sql": "select * from {{ ref('above') }}",
    "models/late.sql": "{% if execute %}{{ said() }}{% else %}select 1 as text{% endif %}",
    "models/beside.sql": "select '{{ var('farewell') }}' as text",
    "models/models.yml": (
        "models:\n  - name: beside\n    columns:\n      - name: text\n"
        "        data_tests: [not_null, {said_as: {arguments: {word_of: greeting}}}]\n"
    ),
    "macros/said.sql": "{% macro said() %}{{ told() }}{% endmacro %}",
    "macros/told.sql": "{% macro told() %}select '{{ var('greeting') }}' as text{% endmacro %}",
    "macros/said_as.sql": (
        "{% test said_as(model, column_name, word_of) %}select * from {{ model }} "
        "where {{ column_name }} = '{{ var(word_of) }}'{% endtest %}"
    ),
    "dbt_project.yml": PROJECT.replace("{greeting: hello}", "{greeting: hello, farewell: bye}"),
    "profiles.yml": PROFILE,
}


def test_what_asks_for_a_changed_var_is_compiled_anew_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "seeds").mkdir()
    selected: list[set[str]] = []

    def note(command: Sequence[str], *given: Any, **named: Any) -> Any:
        if command[0] == "compile":
            selected.append({word.rpartition(".")[2] for word in command[command.index("--select") + 1 :]})
        return invoke_dbt(command, *given, **named)

    monkeypatch.setattr(compiled_plan, "invoke_dbt", note)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    greetings = {"greeting": "servus"}
    planned_steps(tmp_path, {})
    changed = planned_steps(tmp_path, greetings)
    assert selected[1] == {"asking", "above", "late", "said_as_beside_text__greeting"}
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert changed == planned_steps(tmp_path, greetings)
    assert sum("servus" in step.sql for step in changed) == len(selected[1])

    def find_nothing(command: Sequence[str], *given: Any, **named: Any) -> Any:
        return invoke_dbt([word.replace("cartox.", "nowhere.") for word in command], *given, **named)

    monkeypatch.setattr(compiled_plan, "invoke_dbt", find_nothing)
    assert sum("moin" in step.sql for step in planned_steps(tmp_path, {"greeting": "moin"})) == 4


@pytest.fixture(scope="module")
def asked_for() -> Iterator[dict[str, set[str]]]:
    """By var the models and tests that ask dbt for it, filled as it compiles."""
    from dbt.context.base import Var

    told: dict[str, set[str]] = defaultdict(set)
    ask = Var.__call__

    def note(self: Any, name: str, *default: Any) -> Any:
        if key := getattr(self._node, "unique_id", None):
            told[name].add(key)
        return ask(self, name, *default)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Var, "__call__", note)
        yield told


def test_nothing_of_the_project_asks_unseen_and_its_plan_is_that_of_a_whole_compilation(
    asked_for: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the parts of the project are other ones, too: its usual plan serves wherever no var is asked for."""
    project = find_project()
    planned_steps(project, {})
    planned_steps(project, SOURCES)
    asked_for.clear()
    given = {**OTHERS, **SOURCES}
    manifest = compiled_manifest(project, given)
    assert len(asked_for) > 50
    unseen = {name: keys - asking_for(manifest, {name}) for name, keys in asked_for.items()}
    assert {name: keys for name, keys in unseen.items() if keys & manifest.nodes.keys()} == {}
    whole = plan_steps(manifest)
    monkeypatch.setattr(compiled_plan, "compiled_manifest", None)
    monkeypatch.setattr(compiled_plan, "keep", lambda *_: None)
    assert planned_steps(project, given) == whole
    monkeypatch.setattr(
        compiled_plan, "kept", lambda name, own: None if name.endswith(".vars") else kept(name, own)
    )
    assert planned_steps(project, given) == whole

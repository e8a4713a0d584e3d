"""Every command of the guides does what the guide says, in a folder of its own."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from cartox.intake.contract import ENTITIES
from cartox.warehouse.allowed_vars import read_domains
from cartox.warehouse.project import default_variables
from cartox.warehouse.variables import read_variables
from tests.python.documentation.guides import (
    BLOCK,
    CHAINS,
    GUIDES,
    TYPED_ELSEWHERE,
    Followed,
    Step,
    commands,
    missing_lines,
)
from tests.spec.compiled_project import PROJECT

Follow = Callable[[str], Followed]

ON_A_WORKER_EACH = [
    pytest.param(guide, marks=pytest.mark.xdist_group(worker))
    for worker, chain in CHAINS.items()
    for guide in chain
]

PAGES = sorted(
    str(path.relative_to(PROJECT))
    for pattern in ("README.md", "docs/*.md", "studies/*/README.md")
    for path in PROJECT.glob(pattern)
)


@pytest.mark.parametrize("guide", ON_A_WORKER_EACH)
def test_every_command_ends_as_the_guide_says(followed: Follow, guide: str) -> None:
    assert followed(guide)
    wrong = [
        (step.command, step.code, step.printed[-3:])
        for step in followed(guide)
        if step.code != step.expected_code
    ]
    assert wrong == []


@pytest.mark.parametrize("guide", ON_A_WORKER_EACH)
def test_every_command_prints_what_the_guide_shows(followed: Follow, guide: str) -> None:
    assert [(step.command, lines) for step in followed(guide) if (lines := missing_lines(step))] == []


def test_a_line_that_is_not_printed_is_noticed() -> None:
    step = Step("x", ("a ... c", "...", "e"), ("a b c", "d", "e"), 0, 0)
    assert missing_lines(step) == []
    assert missing_lines(Step("x", ("e", "a ... c"), step.printed, 0, 0)) == ["a ... c"]
    assert missing_lines(Step("x", ("a b",), step.printed, 0, 0)) == ["a b"]


@pytest.mark.xdist_group("guides")
def test_the_reader_has_a_report_and_documentation_of_their_own_extract(
    followed: Follow, readers_folder: Path
) -> None:
    followed("docs/operations.md")
    folder = readers_folder
    assert "<html" in (folder / "my_study/warehouse/report/index.html").read_text(encoding="utf-8")
    assert "<html" in (folder / "my_study/warehouse/docs/index.html").read_text(encoding="utf-8")
    with duckdb.connect(str(folder / "my_study/warehouse/cartox.duckdb"), read_only=True) as connection:
        cohort = connection.execute("select patient_id, study_group from marts.cohort order by 1").fetchall()
    assert cohort == [("P1", "responder"), ("P2", "non_responder")]


@pytest.mark.xdist_group("guides")
def test_what_machines_are_to_read_is_json(followed: Follow) -> None:
    steps = [step for guide in CHAINS["guides"] for step in followed(guide) if "--json" in step.command]
    assert len(steps) > 1
    for step in steps:
        text = "\n".join(step.printed)
        assert json.loads(text[min(place for place in map(text.find, "[{") if place >= 0) :])


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_every_page_is_one_that_is_run(page: str) -> None:
    """In a guide, by a test of the whole run, or, a target of make, at least as far as make would."""
    run = {command for guide in GUIDES for command, _ in commands(PROJECT / guide)}
    lines = [
        line.removeprefix("$ ").partition("  #")[0].strip()
        for language, block in BLOCK.findall((PROJECT / page).read_text(encoding="utf-8"))
        for line in block.splitlines()
        if language == "sh" or line.startswith("$ ")
    ]
    if page in GUIDES:
        return
    for line in lines:
        if line.startswith("make "):
            subprocess.run(
                ["make", "--dry-run", *shlex.split(line)[1:]], cwd=PROJECT, check=True, capture_output=True
            )
        else:
            assert line in run | ACTIVATION | TYPED_ELSEWHERE, f"{page}: nobody runs {line}"


ACTIVATION = {". .venv/bin/activate"}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert ((PROJECT / page).parent / target).exists(), (page, target)


def test_the_guide_names_every_column_of_the_contract() -> None:
    guide = (PROJECT / "docs" / "bring_your_own_data.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([a-z_]+) \| (.+) \|$", guide, re.MULTILINE))
    for entity in ENTITIES.values():
        columns = [column.name + "\\*" * column.required for column in entity.columns]
        assert rows[entity.name] == ", ".join(columns)


def test_every_var_is_described_with_what_it_may_be() -> None:
    guide = (PROJECT / "docs" / "define_your_own_study.md").read_text(encoding="utf-8")
    cells = re.findall(
        r"^\| ([a-z_0-9, ]+) \| (.{20,}) \| (.+) \|$",
        guide.partition("## The vars")[2].partition("\n## ")[0],
        re.M,
    )
    described = [name for names, _, _ in cells for name in names.split(", ") if name != "var"]
    assert sorted(described) == sorted(default_variables(PROJECT))
    domains = read_domains(PROJECT)
    for names, _, allowed in cells:
        if names != "var":
            assert allowed == "; ".join(dict.fromkeys(domains[name].words for name in names.split(", ")))


def test_the_two_vars_of_the_second_study_are_all_that_differs() -> None:
    study = read_variables(PROJECT / "studies/tocilizumab_for_crs/study.yml")
    assert study == {"index_drug": "tocilizumab", "index_toxicity": "CRS"}

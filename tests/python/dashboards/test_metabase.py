"""The dashboard as requests to Metabase's API: the same queries, on columns that are there."""

from __future__ import annotations

import itertools
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cartox.cli import app
from tests.python.dashboards.answers import asked_on, queries_of_the_page


@pytest.fixture(scope="module")
def told(study_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("metabase") / "dashboard.json"
    done = CliRunner().invoke(app, ["export", "--warehouse", str(study_file), "--metabase", str(file)])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith(f"Metabase: 6 charts in {file}\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    return dict(json.loads(file.read_text(encoding="utf-8")))


def test_the_database_is_the_published_file_opened_to_read_alone(
    told: dict[str, Any], study_file: Path
) -> None:
    assert told["database"]["engine"] == "duckdb"
    assert told["database"]["details"] == {"database_file": str(study_file.absolute()), "read_only": True}


def test_cards_ask_the_queries_of_the_page_and_show_columns_of_their_answer(
    told: dict[str, Any], study_file: Path
) -> None:
    asked = [card["dataset_query"]["native"]["query"] for card in told["cards"]]
    assert list(dict.fromkeys(asked)) == queries_of_the_page()
    for card, query in zip(told["cards"], asked, strict=True):
        columns, _ = asked_on(study_file, query)
        settings = card["visualization_settings"]
        if card["display"] == "table":
            assert [column["name"] for column in settings["table.columns"]] == columns
            assert any(column["enabled"] for column in settings["table.columns"])
        else:
            assert settings["graph.metrics"]
            assert {*settings["graph.dimensions"], *settings["graph.metrics"]} <= set(columns)


def test_every_card_has_a_place_and_none_covers_another(told: dict[str, Any]) -> None:
    places = told["dashcards"]
    assert [place["card"] for place in places] == [None, *range(len(told["cards"]))]
    for above, below in itertools.pairwise(places):
        assert below["row"] == above["row"] + above["size_y"]
    assert all(place["col"] + place["size_x"] <= 24 for place in places)

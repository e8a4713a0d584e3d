"""The page of the house names models that there are."""

from __future__ import annotations

import re

import pytest

from tests.spec.compiled_project import PROJECT

MODELS = {path.stem for path in (PROJECT / "models").rglob("*.sql")}
SEEDS = {path.stem for path in (PROJECT / "seeds").rglob("*.csv")}


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/bi.md", "docs/developing.md"])
def test_every_model_that_a_page_names_is_there(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`(int_[a-z0-9_]+__[a-z0-9_]+)`", text))
    named |= set(re.findall(r"`marts\.([a-z0-9_]+)`", text))
    assert sorted(named - MODELS) == []


def test_the_page_of_the_house_follows_its_rooms() -> None:
    text = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = {path.name for path in (PROJECT / "models/intermediate").iterdir() if path.is_dir()}
    assert [room for room in rooms if not re.search(rf"^ +.*\b{room}\b ", text, re.MULTILINE)] == []


def test_seeds_that_pages_name_are_there() -> None:
    for page in ("docs/architecture.md", "docs/glossary.md"):
        text = (PROJECT / page).read_text(encoding="utf-8")
        named = re.findall(r"the seed `([a-z_]+)`", text)
        assert named
        assert [name for name in named if name not in SEEDS] == []

"""Where plans are kept, how many, and whose are used."""

from __future__ import annotations

from pathlib import Path

import pytest

from cartox.warehouse.kept_plans import KEPT_PLANS, keep, kept, plans_folder


def test_a_plan_that_others_could_have_written_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    keep("a", b"1", tmp_path)
    assert kept("a", tmp_path) == b"1"
    (tmp_path / "a").chmod(0o660)
    assert kept("a", tmp_path) is None
    (tmp_path / "b").symlink_to(tmp_path / "elsewhere")
    assert kept("b", tmp_path) is None


def test_the_longest_unused_plans_are_forgotten_and_no_cache_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    for number in range(KEPT_PLANS + 3):
        keep(f"{number}", b"%d" % number, tmp_path)
    assert len(list(tmp_path.iterdir())) == KEPT_PLANS
    assert kept(f"{KEPT_PLANS + 2}", tmp_path) == b"%d" % (KEPT_PLANS + 2)
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", None):
        keep("a", b"1", place)
        assert kept("a", place) is None


def test_plans_lie_with_what_was_built_unless_a_cache_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, cache = tmp_path / "own", tmp_path / "cache"
    for named, folder in ((str(cache), cache / "cartox" / "plans"), ("", own), ("not/absolute", own)):
        monkeypatch.setenv("XDG_CACHE_HOME", named)
        assert plans_folder(own) == folder
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert (plans_folder(own), plans_folder(None)) == (own, None)

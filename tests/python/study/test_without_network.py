"""Nothing asks for a network: not the run, not the page, the documentation or the release."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.python.study.conftest import Apart
from tests.python.study.watching import tried, watched

ASK = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=1)"

pytestmark = pytest.mark.xdist_group("whole run")


def test_a_connection_that_is_asked_for_is_seen(tmp_path: Path) -> None:
    """Otherwise silence would tell nothing; the address is one of those kept for documentation."""
    before = _watched(tmp_path / "calls")
    done = subprocess.run([*before, sys.executable, "-c", ASK], capture_output=True, check=False)
    assert b"Network is unreachable" in done.stderr
    assert any("192.0.2.1" in line for line in tried(tmp_path / "calls"))


def test_the_study_is_written_and_run_without_asking_for_a_network(folder: Path, connections: Path) -> None:
    _watched(connections)
    assert folder.exists()
    assert tried(connections) == []
    assert "+++ exited with 0 +++" in connections.read_text(encoding="utf-8")


def test_page_documentation_and_release_are_made_without_asking_for_a_network(apart: Apart) -> None:
    """Of nothing that was parsed or bundled before."""
    assert {name: done.stderr for name, done in apart.done.items() if done.returncode} == {}
    made = ("report/index.html", "warehouse/docs/index.html", "out/descriptives.csv")
    assert [name for name in made if not (apart.folder / name).exists()] == []
    assert len(apart.calls) == len(apart.done) == 4
    for calls in apart.calls:
        _watched(calls)
        assert tried(calls) == []
        assert "+++ exited with 0 +++" in calls.read_text(encoding="utf-8")


def _watched(log: Path) -> list[str]:
    before = watched(log)
    if not before:
        pytest.skip("strace and unshare are not installed or not allowed here: nobody saw what was asked for")
    return before

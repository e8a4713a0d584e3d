"""A run that is killed at any step of publishing leaves the version before or the new one, whole, and no work for the next."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from pathlib import Path
from typing import Any

from cartox.warehouse.layout import Layout
from cartox.warehouse.publication import begin_version, publish_version

NOW = dt.datetime(2025, 1, 2, tzinfo=dt.UTC)
STEPS = ("os.", "shutil.", "open")


def publish(layout: Layout, content: str) -> None:
    building = begin_version(layout, NOW)
    (building / "cartox.duckdb").write_text(content)
    (building / "report").mkdir()
    (building / "report" / "index.html").write_text(content)
    publish_version(layout, building, keep=2)


def publish_and_die(layout: Layout, content: str, n_steps: int) -> bool:
    """Publish in a process that is killed after `n_steps` steps on the file system; say whether it came so far."""
    child = os.fork()
    if child == 0:
        try:
            sys.addaudithook(_Killer(n_steps))
            publish(layout, content)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


class _Killer:
    def __init__(self, n_steps: int) -> None:
        self._left = n_steps

    def __call__(self, event: str, _: Any) -> None:
        if event.startswith(STEPS) and event != "os.kill":
            self._left -= 1
            if self._left < 0:
                os.kill(os.getpid(), signal.SIGKILL)


def published(layout: Layout) -> set[str]:
    return {layout.warehouse.read_text(), (layout.folder / "report" / "index.html").read_text()}


def test_killed_at_every_step(tmp_path: Path) -> None:
    n_steps, is_killed = 0, True
    seen: set[str] = set()
    while is_killed:
        layout = Layout(tmp_path / str(n_steps) / "cartox.duckdb")
        for content in ("oldest", "older", "old"):
            publish(layout, content)
        is_killed = publish_and_die(layout, "new", n_steps)
        found = published(layout)
        assert found in ({"old"}, {"new"}), n_steps
        seen |= found
        publish(layout, "newer")
        assert published(layout) == {"newer"}
        assert len(list(layout.versions.glob("[0-9]*"))) == 2
        assert not list(layout.versions.glob(".building-*"))
        n_steps += 1
    assert seen == {"old", "new"}
    assert n_steps > 20

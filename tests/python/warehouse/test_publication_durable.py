"""Every file and folder of a version is on the disk before `current` moves, as the system itself saw it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PUBLISH = """
import datetime, sys
from pathlib import Path
import duckdb
from cartox.warehouse.layout import Layout
from cartox.warehouse.publication import begin_version, publish_version
layout = Layout(Path(sys.argv[1]))
building = begin_version(layout, datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC))
duckdb.connect(str(building / layout.warehouse.name)).close()
(building / "report" / "pictures").mkdir(parents=True)
(building / "report" / "index.html").write_text("page")
(building / "report" / "pictures" / "one.svg").write_text("picture")
publish_version(layout, building)
"""
FLUSHED = re.compile(r"fsync\(\d+<([^>]+)>\)")
MOVED = re.compile(r"rename(?:at2?)?\(.*/current\"")


def test_a_version_is_on_the_disk_before_current_moves(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: nobody saw what reached the disk")
    log = tmp_path / "calls"
    calls = [strace, "-f", "-y", "-e", "trace=fsync,fdatasync,rename,renameat,renameat2", "-o", str(log)]
    warehouse = tmp_path / "out" / "cartox.duckdb"
    ran = subprocess.run(
        [*calls, sys.executable, "-c", PUBLISH, str(warehouse)], capture_output=True, check=False
    )
    if "ptrace" in ran.stderr.decode():
        pytest.skip("strace may not trace here: nobody saw what reached the disk")
    assert ran.returncode == 0, ran.stderr.decode()
    lines = log.read_text(encoding="utf-8").splitlines()
    [moved] = [number for number, line in enumerate(lines) if MOVED.search(line)]
    flushed = {
        path.partition("/.versions/")[2].replace(".building-", "")
        for line in lines[:moved]
        for path in FLUSHED.findall(line)
        if "/.versions" in path
    }
    version = (tmp_path / "out" / "current").resolve()
    expected = {str(path.relative_to(version.parent)) for path in (version, *version.rglob("*"))}
    assert expected <= flushed
    assert any(path.endswith("/.versions") for line in lines[:moved] for path in FLUSHED.findall(line))

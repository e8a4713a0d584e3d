"""The process that draws: it loads the drawing library and little else, and bundles the page's script once."""

import subprocess
import sys
from pathlib import Path

import pytest

from cartox.report import drawing


def test_the_process_that_draws_loads_no_library_of_the_sections() -> None:
    asked = "import sys, cartox.report.drawing; print([m for m in ('pandas', 'scipy', 'altair') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_script_is_bundled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    bundled: list[str] = []

    def bundle(text: str) -> str:
        bundled.append(text)
        return "vega()"

    monkeypatch.setattr("vl_convert.javascript_bundle", bundle)
    assert [drawing.chart_library(tmp_path), drawing.chart_library(tmp_path)] == ["vega()", "vega()"]
    assert len(bundled) == 1
    assert [path.stat().st_mode & 0o077 for path in tmp_path.iterdir()] == [0]

"""A study folder to fill."""

from __future__ import annotations

from pathlib import Path

import pytest

from cartox.study import Study
from cartox.study.begin import begin_study


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """An empty study in the folder `mine`, which lies in the current one."""
    monkeypatch.chdir(tmp_path)
    return begin_study(Path("mine"), is_example=False)

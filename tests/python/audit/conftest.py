"""Audits a table given as lines of figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from cartox.audit import FigureAudit, audit_figures
from tests.python.audit.audited_lines import HEADER, AuditLines


@pytest.fixture
def audit(tmp_path: Path) -> AuditLines:
    """Audits of the given figures by figure_id; decimals are left to be read off the printed number."""

    def run(*lines: str) -> dict[str, FigureAudit]:
        path = tmp_path / "figures.csv"
        path.write_text("\n".join([HEADER, *lines]) + "\n")
        return {one.figure.figure_id: one for one in audit_figures(path)}

    return run


@pytest.fixture(scope="session")
def study_figures() -> Path:
    """The table of the default study's printed figures."""
    return Path(__file__).parents[3] / "seeds" / "study" / "reported_figures.csv"

"""The exposures name what the report and the statistics really read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.spec.compiled_project import PROJECT


def _declared(manifest: dict[str, Any], exposure: str) -> set[str]:
    nodes = manifest["exposures"][f"exposure.cartox.{exposure}"]["depends_on"]["nodes"]
    return {f"{manifest['nodes'][node]['schema']}.{manifest['nodes'][node]['name']}" for node in nodes}


def test_the_report_reads_what_its_exposure_names(manifest: dict[str, Any]) -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / "python/cartox/report").rglob("*.py")
    )
    assert _declared(manifest, "study_report") == set(re.findall(r"\b(?:marts|seeds)\.[a-z_]+", code))


@pytest.mark.parametrize("exposure", ["study_results", "ward_dashboard", "data_quality_dashboard"])
def test_an_exposure_is_described_and_rests_on_published_tables(
    manifest: dict[str, Any], exposure: str
) -> None:
    found = manifest["exposures"][f"exposure.cartox.{exposure}"]
    assert found["description"]
    assert found["owner"]["name"]
    assert {table.partition(".")[0] for table in _declared(manifest, exposure)} <= {"marts", "seeds"}


def test_the_dashboard_reads_no_table_that_its_exposure_leaves_out(manifest: dict[str, Any]) -> None:
    queries = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "analysis/bi").iterdir())
    read = set(re.findall(r"\bmarts\.[a-z_]+", queries))
    assert read
    assert read <= _declared(manifest, "ward_dashboard")

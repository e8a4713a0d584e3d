"""The builds with garbled cells that tests/python/study leaves out."""

from __future__ import annotations

import pytest

from tests.python.conftest import (  # noqa: F401 (fixtures)
    compiled_project,
    dbt_target,
    study_landing,
)
from tests.python.study.test_garbled_cells import (
    EVERY_SEED,
    SEEDS,
    GarbledStudy,
    garbled_study,  # noqa: F401 (a fixture)
)

pytestmark = pytest.mark.xdist_group("garbled")


@pytest.mark.parametrize("seed", sorted(set(EVERY_SEED) - set(SEEDS)))
def test_a_garbled_cell_makes_nothing_exact_moves_nobody_silently_and_touches_no_other(
    garbled_study: GarbledStudy,  # noqa: F811 (the fixture)
    seed: int,
) -> None:
    assert garbled_study.complaints(seed) == []

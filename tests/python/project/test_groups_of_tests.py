"""Tests that share what is dear to make run on one worker, so that it is made once."""

from __future__ import annotations

import pytest


@pytest.mark.xdist_group("group")
def test_a_group_is_kept_together(request: pytest.FixtureRequest) -> None:
    """pytest-xdist knows a group by the end of the test's id, which not every pytest lets it write."""
    if request.config.getoption("loadgroup", False):
        assert request.node.nodeid.endswith("@group")

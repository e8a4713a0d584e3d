"""Data Docs that open offline: great-expectations' own pages without the scripts, styles and pictures of other hosts.

The project under tests/great_expectations names these views, so that a user's own build of it is offline too.
"""

from __future__ import annotations

from typing import Any

from great_expectations.render.view import DefaultJinjaPageView
from jinja2 import ChoiceLoader, PackageLoader


class OfflinePageView(DefaultJinjaPageView):  # type: ignore[misc]  # great-expectations is not followed
    """The page of a suite or of a validation, from the templates of this package where it has one."""

    def __init__(self, **directories: Any) -> None:
        super().__init__(**directories)
        self.env.loader = ChoiceLoader([PackageLoader("cartox.checks"), self.env.loader])


class OfflineIndexPageView(OfflinePageView):
    """The page that lists suites and validations."""

    _template = "index_page.j2"

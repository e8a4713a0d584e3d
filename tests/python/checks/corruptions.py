"""For every expectation of every suite, a statement that breaks the handmade study so that it fails."""

from __future__ import annotations

from tests.python.checks.mart_corruptions import CORRUPTIONS_OF_MARTS
from tests.python.checks.result_corruptions import CORRUPTIONS_OF_RESULTS

CORRUPTIONS = CORRUPTIONS_OF_MARTS | CORRUPTIONS_OF_RESULTS

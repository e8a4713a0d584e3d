"""Every expectation of every suite, with a statement that breaks the handmade study so that it fails."""

from tests.python.checks.claim_corruptions import CORRUPTIONS_OF_CLAIMS
from tests.python.checks.count_corruptions import CORRUPTIONS_OF_COUNTS
from tests.python.checks.curve_corruptions import CORRUPTIONS_OF_CURVES
from tests.python.checks.evidence_corruptions import CORRUPTIONS_OF_EVIDENCE
from tests.python.checks.long_form_corruptions import CORRUPTIONS_OF_LONG_FORMS
from tests.python.checks.mart_corruptions import CORRUPTIONS_OF_MARTS
from tests.python.checks.result_corruptions import CORRUPTIONS_OF_RESULTS

CORRUPTIONS = {
    **CORRUPTIONS_OF_MARTS,
    **CORRUPTIONS_OF_RESULTS,
    **CORRUPTIONS_OF_CURVES,
    **CORRUPTIONS_OF_COUNTS,
    **CORRUPTIONS_OF_CLAIMS,
    **CORRUPTIONS_OF_LONG_FORMS,
}
for _suite, _broken in CORRUPTIONS_OF_EVIDENCE.items():
    CORRUPTIONS[_suite] = {**CORRUPTIONS.get(_suite, {}), **_broken}

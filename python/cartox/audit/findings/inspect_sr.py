"""The items of INSPECT-SR that printed numbers can answer.

Source: Wilkinson et al., INSPECT-SR: a tool for assessing trustworthiness of randomised controlled trials,
medRxiv 2025.09.03.25334905, domain 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cartox.audit.findings.verdicts import Kind

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "4.4": "Are there any discrepancies between results reported in figures, tables, and text?",
        "4.6": "Are there any unexplained inconsistencies in the numbers of participants?",
        "4.8": "Are the means and variances of integer data impossible?",
        "4.9": "Are there errors in statistical results?",
        "4.10": "Are any other contradictions implied by the data?",
    }
)
"""Number and wording of each item, in the tool's order."""

ITEMS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.PRINTED_TWICE: "4.4",
        Kind.PARTICIPANTS: "4.6",
        Kind.WHOLE_NUMBERS: "4.8",
        Kind.SHARE: "4.9",
        Kind.P_VALUE: "4.9",
        Kind.INTERVAL: "4.9",
        Kind.IMPLIED: "4.10",
    }
)

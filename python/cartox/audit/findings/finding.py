"""What a reader is told: one finding for one cause, with what was tried, what fits and what could be checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cartox.audit.findings.common_size import CommonSize, common_sizes
from cartox.audit.findings.in_words import reading_lines
from cartox.audit.findings.inspect_sr import ITEMS
from cartox.audit.findings.verdicts import Claim, FigureAudit, Kind, Verdict, Weight

TRIED = {
    Kind.SHARE: "Every whole count of the group, of every base that its section prints and of fewer patients.",
    Kind.PARTICIPANTS: "The printed counts against each other and against their totals.",
    Kind.PRINTED_TWICE: "The printed values of one quantity against each other.",
    Kind.WHOLE_NUMBERS: "Every sum, and sum of squares, of so many whole values.",
    Kind.P_VALUE: "Every named test on all counts, ranks or means that the printed numbers admit, with all "
    "patients and with values missing.",
    Kind.INTERVAL: "Estimate, limits, p-value and events against each other on the log scale.",
    Kind.IMPLIED: "The printed numbers against what one of them implies for another.",
}
CHECKS = {
    Kind.SHARE: "Count the patients again, and those with a known value.",
    Kind.PARTICIPANTS: "Count each group again, and say who is left out of which number.",
    Kind.PRINTED_TWICE: "Say which of the values holds.",
    Kind.WHOLE_NUMBERS: "Compute mean, deviation or median again, and say how many values there are.",
    Kind.P_VALUE: "Say which test, program and options gave the p-value, and how many values entered it.",
    Kind.INTERVAL: "Say how the interval and the p-value were computed, and print them again.",
    Kind.IMPLIED: "Look up both numbers in the output of the program.",
}


@dataclass(frozen=True)
class Finding:
    """One diagnosis: how much hangs on it, which figures it concerns, and the item of INSPECT-SR it answers."""

    weight: Weight
    verdict: Verdict
    kind: Kind
    figures: tuple[str, ...]
    printed: tuple[str, ...]
    sentences: tuple[str, ...]
    tried: str
    fits: tuple[str, ...]
    check: str

    @property
    def item(self) -> str:
        """Number of the item of INSPECT-SR that this answers."""
        return ITEMS[self.kind]


def findings_of(audits: Sequence[FigureAudit]) -> list[Finding]:
    """Make findings of the claims, the weightiest first: one for figures that share a cause."""
    by_name = {audit.figure.figure_id: audit for audit in audits}
    shared = common_sizes(audits)
    explained = {name for one in shared for name in one.figures}
    found = [_of_common_size(by_name, one) for one in shared]
    for claim in dict.fromkeys(claim for audit in audits for claim in audit.claims):
        if claim.kind is Kind.SHARE and set(claim.figures) <= explained:
            continue
        found.append(_of_claims(by_name, [claim]))
    found = _merge(found)
    return sorted(found, key=lambda one: (list(Weight).index(one.weight), list(Verdict).index(one.verdict)))


def _merge(findings: Iterable[Finding]) -> list[Finding]:
    """Join findings of the same figures, and those of one figure that another finding of its kind covers."""
    by_figures: dict[tuple[frozenset[str], Kind], list[Finding]] = {}
    for finding in findings:
        by_figures.setdefault((frozenset(finding.figures), finding.kind), []).append(finding)
    return [_joined(each) for each in by_figures.values()]


def _joined(findings: list[Finding]) -> Finding:
    first = min(findings, key=lambda one: list(Weight).index(one.weight))
    sentences = dict.fromkeys(sentence for one in findings for sentence in one.sentences)
    return Finding(**{**first.__dict__, "sentences": tuple(sentences)})


def _of_claims(by_name: dict[str, FigureAudit], claims: list[Claim]) -> Finding:
    (claim,) = claims
    concerned = [by_name[name] for name in claim.figures]
    lines = [line for audit in concerned for line in reading_lines(audit.readings)[:3]]
    return Finding(
        weight=claim.weight,
        verdict=claim.verdict,
        kind=claim.kind,
        figures=claim.figures,
        printed=tuple(_shown(audit) for audit in concerned),
        sentences=(claim.sentence,),
        tried=TRIED[claim.kind],
        fits=tuple(lines) or ("Nothing that is named here.",),
        check=CHECKS[claim.kind],
    )


def _of_common_size(by_name: dict[str, FigureAudit], common: CommonSize) -> Finding:
    concerned = [by_name[name] for name in common.figures]
    weights = [audit.weight for audit in concerned if audit.weight is not None]
    first = min(concerned, key=lambda audit: list(Verdict).index(audit.verdict))
    return Finding(
        weight=min(weights, key=list(Weight).index),
        verdict=first.verdict,
        kind=Kind.SHARE,
        figures=common.figures,
        printed=tuple(_shown(audit) for audit in concerned),
        sentences=(common.sentence,),
        tried=TRIED[Kind.SHARE],
        fits=(f"All of them fit n = {' or '.join(map(str, common.sizes))}.",),
        check="Count the patients of this group again: the percentages were computed on another number.",
    )


def _shown(audit: FigureAudit) -> str:
    figure = audit.figure
    where = ", ".join(filter(None, (figure.description, figure.study_group)))
    return f"{where}: {figure.statistic.replace('_', ' ')} {figure.as_printed}"

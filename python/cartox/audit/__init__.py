"""The audit of printed figures: what any study's numbers say about each other, from nothing but a table.

**Readings.** A printed figure is read as a whole count, a test of shares, medians or means, or a ratio with its
interval, and every reading that gives the printed digits is reported, by any named convention, with all
patients or with values missing. Half-up, half-even and binary floating-point rounding are all admitted.

**Plausibility.** Readings are ordered, the most plausible first: those with the number of values that the
table states (all patients, where it states nothing) before others; then fewer missing values; then the
stated or usual convention before others.

**Verdicts** are in `Verdict`, worst first. `impossible`, `contradiction` and `rule_not_followed` follow
from the printed numbers alone, the last from a rule that the file states (`StatedRules`). The other two are
questions to the authors, not accusations. A p-value of medians is held against data without ties only where
the variable is measured finely enough; elsewhere its reading is `ties` and nothing is alleged.

**Weight** is in `Weight`: substance, the last digit, or a question.

**False alarm**: a verdict other than `consistent` and `not_checkable` for a figure of a table that was
computed right: each percentage rounded from a whole count of its denominator, each p-value by one of the
conventions, unstated missing values none.

**Detectable alteration**: a changed figure such that no complete data give the whole table any more. Many
changes are not: a p-value may move to that of a neighboring U, a percentage to that of a neighboring
count. An alteration is found when any figure of the table gets an alarm, since of two figures that
contradict each other the table cannot say which is wrong. Two liberties cost detections and are taken on
purpose: a percentage without a denominator may be out of another base that its section prints for the
group, and the conventions may differ from figure to figure.
"""

from cartox.audit.command import run_audit
from cartox.audit.conventions.rules import StatedRules
from cartox.audit.findings.verdicts import FigureAudit, GroupReading, Reading, Verdict, Weight
from cartox.audit.letter.as_json import as_json
from cartox.audit.letter.terminal import as_table
from cartox.audit.reading.figure import Figure
from cartox.audit.reading.template import TEMPLATE
from cartox.audit.rounding import whole_counts
from cartox.audit.run import audit_figures

__all__ = [
    "TEMPLATE",
    "Figure",
    "FigureAudit",
    "GroupReading",
    "Reading",
    "StatedRules",
    "Verdict",
    "Weight",
    "as_json",
    "as_table",
    "audit_figures",
    "run_audit",
    "whole_counts",
]

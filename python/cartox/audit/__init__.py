"""The audit of printed figures: what any study's numbers say about each other, from nothing but a table.

**Readings.** A printed figure is read as a whole count, a rank-sum test of two medians or a test of two
shares, and every reading that gives the printed digits is reported, by any convention, with all patients or
with one to three values missing over both groups. Half-up, half-even and binary floating-point rounding are
all admitted.

**Plausibility.** Readings are ordered, the most plausible first: those with the number of values that the
table states (all patients, where it states nothing) before others; then fewer missing values; then the
stated convention (`StatedRules`) before others that may stand in for it, before tests that the stated rule
does not allow.

**Verdicts** are in `Verdict`, worst first. `impossible`, `contradiction` and `rule_not_followed` follow
from the printed numbers alone. `needs_missing_values` and `no_reading` for a p-value of two medians suppose
data *without ties*: ties make further p-values, which cannot be listed without the data, so these two are
questions to the authors, not accusations. A rank-sum p of a variable with few levels (a grade) is best left
at that.

**False alarm**: a verdict other than `consistent` and `not_checkable` for a figure of a table that was
computed right: each percentage rounded from a whole count of its denominator, each p-value by one of the
conventions, Fisher's wherever an expected count is below 5, values without ties and without unstated
missing values. Chi-square where Fisher was due is never a false alarm; Fisher where chi-square would do
never an alarm.

**Detectable alteration**: a changed figure such that no complete data give the whole table any more. Many
changes are not: a p-value may move to that of a neighbouring U, a percentage to that of a neighbouring
count. An alteration is found when any figure of the table gets an alarm, since of two figures that
contradict each other the table cannot say which is wrong. Two liberties cost detections and are taken on
purpose: a percentage without a denominator may be out of another base that its section prints for the
group, and the conventions may differ from figure to figure.
"""

from cartox.audit.command import run_audit
from cartox.audit.conventions import StatedRules
from cartox.audit.figures import Figure, read_figures
from cartox.audit.report import as_json, as_table
from cartox.audit.rounding import whole_counts
from cartox.audit.run import audit_figures
from cartox.audit.verdicts import FigureAudit, GroupReading, Reading, Verdict

__all__ = [
    "Figure",
    "FigureAudit",
    "GroupReading",
    "Reading",
    "StatedRules",
    "Verdict",
    "as_json",
    "as_table",
    "audit_figures",
    "read_figures",
    "run_audit",
    "whole_counts",
]

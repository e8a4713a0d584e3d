"""The tests that stand beside the curves, and how long patients were followed."""

from __future__ import annotations

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.curves import Curve
from cartox.report.page.study import GROUP_NAMES, Study, words
from cartox.report.reading import Record
from cartox.report.wording import NOT_APPLICABLE, interval, number, p_value

TESTS = """
select tests.*, plan.label
from results.event_tests as tests
left join results.comparisons as plan on tests.stratified_by = plan.variable
order by
    tests.curve = 'toxicity_death' asc,
    tests.curve asc,
    plan.display_order asc,
    tests.stratified_by asc,
    tests.event desc,
    tests.test desc
"""
FOLLOW_UP = "select * from results.survival where curve = 'follow_up' order by stratified_by, stratum, day"
TEST_NAMES = {
    "gray": "Gray",
    "cause_specific_hazard_ratio": "cause-specific hazard ratio",
    "log_rank": "log-rank",
}
STRATA = {
    "study_group": "response",
    "era_date": "era",
    "era_date_sensitivity": "era, other reading of the date",
}
ERAS = {"all": "all who were treated", "before": "infused before the era date", "from": "infused from it on"}


def event_tests(study: Study) -> Table | NotApplicable:
    """List each test of the curves; none of them is adjusted or claimed."""
    title = "Tests of the curves"
    found = study.rows(TESTS)
    if not found:
        return NotApplicable(title, "there are no curves to compare")
    columns = (
        Column("curve", "Curve"),
        Column("strata", "Compared by"),
        Column("event", "Event"),
        Column("test", "Test"),
        Column("events", "Events of patients", True),
        Column("ratio", "Hazard ratio (95 % interval)", True),
        Column("p", "p", True),
    )
    rows = [
        {
            "curve": words(row["curve"]),
            "strata": row["label"] or STRATA.get(row["stratified_by"], words(row["stratified_by"])),
            "event": words(row["event"]),
            "test": TEST_NAMES.get(row["test"], words(row["test"])),
            "events": traced(f"{row['n_events']} of {row['n']}", "event_tests", row, "n_events"),
            "ratio": _ratio(row),
            "p": NOT_APPLICABLE
            if row["not_applicable"]
            else traced(p_value(row["p_value"]), "event_tests", row, "p_value"),
        }
        for row in found
    ]
    methods = "; ".join(dict.fromkeys(row["method"] for row in found))
    reasons = "; ".join(dict.fromkeys(row["not_applicable"] for row in found if row["not_applicable"]))
    notes = (
        f"Methods: {methods}. No p of this table is adjusted or claimed.",
        "A hazard ratio is that of the level after the slash against all others.",
        *((f"Not applicable: {reasons}.",) if reasons else ()),
    )
    return Table("event_tests", title, columns, rows, notes=notes, is_folded=True, exported=found)


def follow_up(study: Study) -> Table | NotApplicable:
    """Say how long the treated patients were followed, by era too."""
    title = "Follow-up of the treated"
    found = study.rows(FOLLOW_UP)
    strata = dict.fromkeys((row["stratified_by"], row["stratum"]) for row in found)
    curves = {
        stratum: Curve([row for row in found if (row["stratified_by"], row["stratum"]) == (by, stratum)])
        for by, stratum in strata
    }
    if not curves:
        return NotApplicable(title, "no treated patient has a date of death or of last contact")
    columns = (
        Column("who", "Patients"),
        Column("n", "Followed", True),
        Column("median", "Median follow-up, days", True),
        Column("last", "Last at risk, day", True),
    )
    rows = [
        {
            "who": ERAS.get(stratum, GROUP_NAMES.get(stratum, stratum)),
            "n": traced(str(curve.rows[0]["n_at_risk"]), "survival", curve.rows[0], "n_at_risk"),
            "median": traced(number(curve.half["day"]), "survival", curve.half, "day")
            if curve.half
            else "not reached",
            "last": traced(number(curve.last["day"]), "survival", curve.last, "day"),
        }
        for stratum, curve in curves.items()
    ]
    return Table(
        "follow_up",
        title,
        columns,
        rows,
        notes=(f"{found[0]['method']}: deaths are censored.",),
        exported=found,
    )


def _ratio(row: Record) -> str:
    if row["hazard_ratio"] is None:
        return ""
    ends = interval(row["hazard_ratio_low"], row["hazard_ratio_high"], 2)
    text = f"{row['hazard_ratio']:.2f} ({ends}) / {row['numerator']}"
    return traced(text, "event_tests", row, "hazard_ratio")

"""What can and cannot be said of toxicity deaths by era: risks in time, and what a difference would take."""

from __future__ import annotations

from collections.abc import Sequence

from cartox.cell_ids import traced
from cartox.report.mortality import UNKNOWN_CAUSES, unknown_causes
from cartox.report.page.blocks import Column, Section, Table, Words
from cartox.report.page.study import Study
from cartox.report.reading import Record
from cartox.report.wording import NOT_APPLICABLE, UNKNOWN, interval, p_value

INCIDENCE = """
select * from results.cumulative_incidence
where curve = 'toxicity_death' and event = 'toxicity_death' and is_landmark
order by stratified_by, day, stratum
"""
GRAY = """
select * from results.event_tests
where curve = 'toxicity_death' and event = 'toxicity_death' and test = 'gray'
order by stratified_by
"""
COMPARISONS = (
    "select * from results.era_comparison where measure = 'risk_per_treated_patient' order by reading"
)
OWN_READING = "era_date"
READINGS = {OWN_READING: "era date", "era_date_sensitivity": "era date read the other way"}
ERAS = ("before", "from")


def era_evidence_section(study: Study) -> Section:
    """Set the incidence at the landmarks, its test and the patients that a difference takes side by side."""
    found, tests = study.rows(COMPARISONS), study.rows(GRAY)
    unknown = [said for counts in study.rows(UNKNOWN_CAUSES) if (said := unknown_causes(counts))]
    caution = Words([*unknown, *what_can_be_said(study)], is_caution=True)
    evidence = (caution, _incidence(study, tests), _power(found))
    return Section("era-evidence", "What the eras can tell", evidence=evidence)


def what_can_be_said(study: Study) -> list[str]:
    """Say of the study's own reading of the date what the eras can tell and what they cannot."""
    tests = study.rows(GRAY)
    return [_sentence(row, tests) for row in study.rows(COMPARISONS) if row["reading"] == OWN_READING]


def _sentence(row: Record, tests: Sequence[Record]) -> str:
    gray = next((test for test in tests if test["stratified_by"] == row["reading"]), None)
    p = (
        "no test was possible"
        if gray is None or gray["p_value"] is None
        else f"Gray's test p {p_value(gray['p_value'])}"
    )
    takes = row["n_per_era_for_power"]
    power = (
        "deaths of unknown cause leave the difference open"
        if row["difference_certainty"] == UNKNOWN
        else (
            "no difference was seen"
            if row["before_total"] and row["from_total"]
            else "an era without patients"
        )
        if takes is None
        else f"a study would take {takes:,} patients in each era to find the difference seen with "
        f"{_power_text(row)} power"
    )
    return (
        f"It can be said how many treated patients died of the toxicities in each era ({row['before_count']} of "
        f"{row['before_total']}, {row['from_count']} of {row['from_total']}; {p}; {power}); it cannot be said that care "
        "changed the risk, for products, patients and follow-up changed with it."
    )


def _incidence(study: Study, tests: Sequence[Record]) -> Table:
    found = study.rows(INCIDENCE)
    by_place: dict[tuple[str, int], dict[str, Record]] = {}
    for row in found:
        by_place.setdefault((row["stratified_by"], row["day"]), {})[row["stratum"]] = row
    of_test = {test["stratified_by"]: test for test in tests}
    columns = (
        Column("reading", "Date"), Column("day", "Day after infusion", True), Column("before", "Before (95 % interval)", True),
        Column("from", "From (95 % interval)", True), Column("p", "Gray's test, p", True),
    )  # fmt: skip
    rows = [
        {
            "reading": READINGS.get(reading, reading),
            "day": str(day),
            **{era: _risk(cells.get(era)) for era in ERAS},
            "p": traced(p_value(of_test[reading]["p_value"]), "event_tests", of_test[reading], "p_value")
            if reading in of_test
            else NOT_APPLICABLE,
        }
        for (reading, day), cells in by_place.items()
    ]
    notes = (
        "Aalen-Johansen, other deaths and those of unknown cause competing. Gray's test compares the whole curves.",
    )
    return Table(
        "era_incidence",
        "Cumulative incidence of death of the toxicities",
        columns,
        rows,
        notes=notes,
        exported=found,
    )


def _risk(row: Record | None) -> str:
    if row is None:
        return NOT_APPLICABLE
    ends = interval(row["percent_low"], row["percent_high"], 2)
    text = f"{row['percent']:.2f} % ({ends}), {row['n_at_risk']} at risk"
    return traced(text, "cumulative_incidence", row, "percent")


def _power_text(row: Record) -> str:
    return f"{row['power_percent']:.0f} %"


def _power(found: Sequence[Record]) -> Table:
    columns = (
        Column("reading", "Date"),
        Column("era_date", "Day"),
        Column("n", "Patients per era for the difference seen", True),
    )
    rows = [
        {
            "reading": READINGS.get(row["reading"], row["reading"]),
            "era_date": str(row["era_date"]),
            "n": NOT_APPLICABLE
            if row["n_per_era_for_power"] is None
            else traced(
                f"{row['n_per_era_for_power']:,} ({_power_text(row)} power)",
                "era_comparison",
                row,
                "n_per_era_for_power",
            ),
        }
        for row in found
    ]
    notes = (
        "The number plans a later study and says nothing of this one. Follow-up by era stands with the curves of survival.",
    )
    return Table("era_power", "What a comparison would take", columns, rows, notes=notes)

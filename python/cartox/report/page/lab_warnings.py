"""Laboratory results that look as if something had happened to them on their way here."""

from __future__ import annotations

from cartox.report.page.blocks import Column, NotApplicable, Table
from cartox.report.page.study import Study
from cartox.report.reading import ANY, Record
from cartox.report.wording import plural


def unit_warnings(study: Study) -> Table | NotApplicable:
    """Name the units that the results' own reference limits, or the patients' other results, contradict."""
    title = "Units that may have been swapped"
    rows = _by_item(study, "unit_warning")
    if not rows:
        return NotApplicable(
            title, "no month of results has reference limits or a second scale that speak for another unit"
        )
    columns = (
        Column("item", "Analyte, unit reported, what limits or the other scale speak for"),
        Column("months", "Months", True),
        Column("limits_against", "Limits against it", True),
        Column("limits_compared", "of", True),
        Column("patients_and_months", "Patients and months with both scales", True),
    )
    return Table(
        "lab_unit_warnings", title, columns, rows, "A hint that units were swapped; no value is changed."
    )


def copy_warnings(study: Study) -> Table | NotApplicable:
    """Count the patients whose results stand twice at a fixed distance in time."""
    title = "Results that stand twice"
    rows = _by_item(study, "copy_warning")
    n_patients = study.counts("copy_warning").n(level="patients")
    if not n_patients:
        return NotApplicable(title, "no patient has most results a second time at a fixed distance in time")
    columns = (
        Column("item", "Minutes apart", True),
        Column("patients", "Patients", True),
        Column("pairs", "Pairs of results", True),
        Column("pairs_on_other_days", "on different days", True),
    )
    sentence = (
        f"{plural(n_patients, 'patient and offset', 'patients and offsets')}: a hint that a system copied results, with "
        "other times; no value is changed."
    )
    return Table("lab_copy_warnings", title, columns, rows, sentence)


def _by_item(study: Study, topic: str) -> list[Record]:
    """Return a row for each item of a topic, with what is counted of it as columns."""
    rows: dict[str, Record] = {}
    for row in study.counts(topic).rows:
        if row["item"] != ANY:
            rows.setdefault(row["item"], {"item": row["item"]})[row["level"]] = row["n"]
    return list(rows.values())

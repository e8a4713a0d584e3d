"""What became of the cohort: time to resolution with death competing, what counts as resolved, and survival."""

from __future__ import annotations

from collections.abc import Mapping

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, NotApplicable, Section, Table, Words
from cartox.report.page.curves import Curve
from cartox.report.page.early_responses import improvements, lymphoma_responses
from cartox.report.page.event_tests import event_tests, follow_up
from cartox.report.page.resolution import DIED, resolution, resolution_curves
from cartox.report.page.study import Study, words
from cartox.report.page.survival import other_survival, survival_figure
from cartox.report.reading import Record
from cartox.report.wording import interval

DEFINITIONS = """
select * from results.response_sensitivity where n_patients > 0 order by n_changed, definition
"""


def outcomes_section(study: Study) -> Section:
    """Estimate from the index time on."""
    title = "Resolution and survival"
    if study.empty_cohort:
        blocks = tuple(
            NotApplicable(name, study.empty_cohort)
            for name in (
                "Time to resolution",
                "Definitions of response",
                "Early improvement",
                "Response of the lymphoma",
                "Survival",
                "Tests of the curves",
            )
        )
        return Section("outcomes", title, blocks)
    curves = resolution_curves(study)
    caution = (
        f"Patients must live to see their {study.toxicity} resolve, so responders could not die before they became "
        "responders (guarantee time). From the first dose on, their survival therefore looks better than it is. The "
        f"curves by group start on study day {study.last_day}, when everybody's group is settled, with those who "
        "were alive and followed then."
    )
    brief = (resolution(study, curves), survival_figure(study), Words((caution,), is_caution=True))
    evidence = (
        other_survival(study),
        _definitions(study, curves),
        improvements(study),
        lymphoma_responses(study),
        event_tests(study),
        follow_up(study),
    )
    return Section("outcomes", title, brief, evidence)


def _definitions(study: Study, curves: Mapping[str, Curve]) -> Table:
    found = study.rows(DEFINITIONS)
    rows = [
        row
        | {
            "name": words(row["definition"]) + (" (the study's)" if row["is_study_definition"] else ""),
            "responders": _responders(row),
            **{
                key: traced(str(row[key]), "response_sensitivity", row, key)
                for key in ("n_not_evaluable", "n_changed", "n_died_unresolved")
            },
        }
        for row in found
    ]
    early = curves[DIED].rows
    n_definitions = study.manifest.get("rows.results.response_sensitivity")
    most_changed = found[-1]["n_changed"] if found else 0  # the rows are in the order of their changes
    columns = (
        Column("name", "Definition"),
        Column("description", "Resolved means"),
        Column("responders", "Responders (95 % interval)", True),
        Column("n_not_evaluable", "Not evaluable", True),
        Column("n_changed", "Labels that change", True),
        Column("n_died_unresolved", "Died unresolved, at any time", True),
    )
    return Table(
        name="response_definitions",
        title="What counts as a response",
        columns=columns,
        rows=rows,
        sentence=f"There is no agreed definition of resolution. Under the {n_definitions} definitions tried, up to "
        f"{most_changed} of {study.n_cohort} patients change their label.",
        notes=(
            "Intervals: Clopper-Pearson.",
            "Died unresolved, at any time: all deaths of follow-up among those who are no responders under that definition. "
            f"The curve above counts those by study day {study.last_day} under the study's definition"
            f"{', ' + str(early[-1]['n_events_so_far']) if early else ''}.",
        ),
    )


def _responders(row: Record) -> str:
    if row["percent_responders"] is None:
        return "nobody evaluable"
    ends = interval(row["percent_low"], row["percent_high"])
    text = f"{row['n_responders']} of {row['n_evaluable']}, {row['percent_responders']:.1f} % ({ends})"
    return traced(text, "response_sensitivity", row, "n_responders")

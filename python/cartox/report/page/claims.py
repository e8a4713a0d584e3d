"""How far the study's claims hang on choices of analysis."""

from __future__ import annotations

from collections.abc import Sequence

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, NotApplicable, Section, Table, Words
from cartox.report.page.choices import CLAIMS, THRESHOLD, choices_of, claims_shown
from cartox.report.page.study import GROUP_NAMES, Study, words
from cartox.report.reading import Record
from cartox.report.wording import (
    BOUNDS,
    NOT_APPLICABLE,
    TAKEN_AS_CHARTED,
    bounded,
    has_marks,
    interval,
    number,
    p_value,
)

SAMPLING = """
select sampled.*, analytes.label
from results.sampling_intensity as sampled
inner join seeds.analytes as analytes on sampled.analyte = analytes.analyte
order by sampled.analyte, sampled.measure, sampled.study_group
"""


def claims_section(study: Study) -> Section:
    """Say which claims flip under which single choice, and list every choice."""
    title = "How far the claims hang on choices"
    if study.empty_cohort:
        return Section("claims", title, evidence=(NotApplicable("Claims", study.empty_cohort),))
    shown = claims_shown(study)
    found = choices_of(study, shown)
    evidence = (Words(_said(shown, found)), _table(study, shown), _every_choice(found), _sampling(study))
    return Section("claims", title, evidence=evidence)


def _said(claims: Sequence[Record], specifications: Sequence[Record]) -> list[str]:
    kind = "claims of the study and of the answer above" if _is_chosen(claims) else "planned tests"
    flipping = [claim for claim in claims if claim["n_flipping"]]
    standing = [claim for claim in claims if claim["n_holding"] and not claim["n_flipping"]]
    below = ", ".join(claim["label"] for claim in standing if claim["p_value"] < THRESHOLD)
    never = ", ".join(claim["label"] for claim in standing if claim["p_value"] >= THRESHOLD)
    untried = ", ".join(
        claim["label"] for claim in claims if not claim["n_holding"] and not claim["n_flipping"]
    )
    said = [
        f"Of the {kind} these are below {THRESHOLD:g} as planned and stay there, in the same direction, under every single "
        f"choice of analysis that gives a p-value: {below or 'none'}.",
        *([f"At {THRESHOLD:g} or above under all of them: {never}."] if never else []),
        *(
            [f"No choice gives a p-value beside the planned one, so that nothing is known of: {untried}."]
            if untried
            else []
        ),
    ]
    for claim in flipping:
        own = [row for row in specifications if row["claim"] == claim["claim"] and row["holds"] is False]
        flips = ", ".join(f"{words(row['choice'])} (p {p_value(row['p_value'])})" for row in own)
        said.append(f"{claim['label']}, p {p_value(claim['p_value'])} as planned, flips under: {flips}.")
    return said


def _is_chosen(claims: Sequence[Record]) -> bool:
    return any(claim["is_printed"] or claim["is_answer"] for claim in claims)


def _table(study: Study, shown: Sequence[Record]) -> Table:
    columns = (
        Column("claim", "Claim"),
        Column("p", "p as planned", True),
        Column("holds", "Choices that hold it", True),
        Column("flips", "that flip it", True),
        Column("range", "p from, to", True),
        Column("pairs", "Pairs of choices, and those that flip it", True),
        Column("flipping", "Flipped by"),
    )
    rows = [
        {
            "claim": row["label"],
            "p": traced(p_value(row["p_value"]), "claims", row, "p_value"),
            "holds": traced(str(row["n_holding"]), "claims", row, "n_holding"),
            "flips": traced(str(row["n_flipping"]), "claims", row, "n_flipping"),
            "range": traced(
                f"{p_value(row['smallest_p'])} to {p_value(row['largest_p'])}", "claims", row, "smallest_p"
            ),
            "pairs": traced(f"{row['n_crossed']}, {row['n_crossed_flipping']}", "claims", row, "n_crossed"),
            "flipping": _flipping(row),
        }
        for row in shown
    ]
    notes = (
        "Choices: definition of resolution, rule, days, gaps and bounds of areas, value of a day, window of the baseline, table "
        "of glucocorticoid factors, convention of the test. One is changed at a time; pairs are a definition of "
        "resolution with another choice that touches the claim.",
        TAKEN_AS_CHARTED,
    )
    return Table(
        "claims", "Claims and what flips them", columns, rows, notes=notes, exported=study.rows(CLAIMS)
    )


def _flipping(row: Record) -> str:
    """Name the choices that flip a claim; where none gives a p-value beside the planned one, nothing is known of them."""
    if row["flipping_choices"]:
        return words(row["flipping_choices"])
    return "no single choice" if row["n_holding"] else NOT_APPLICABLE


def _every_choice(specifications: Sequence[Record]) -> Table:
    columns = (
        Column("claim", "Claim"), Column("choice", "Choice"), Column("n", "Non-responders, responders", True),
        Column("effect", "Effect (95 % interval)", True), Column("p", "p", True), Column("holds", "Holds"),
    )  # fmt: skip
    rows = [
        {
            "claim": row["label"],
            "choice": f"{words(row['dimension'])}: {words(row['choice'])}",
            "n": f"{row['n_non_responders']}, {row['n_responders']}",
            "effect": "" if row["effect_name"] is None else _effect(row),
            "p": traced(p_value(row["p_value"]), "specifications", row, "p_value")
            if row["p_value"] is not None
            else row["not_applicable"],
            "holds": {True: "yes", False: "no", None: ""}[row["holds"]],
        }
        for row in specifications
    ]
    notes = (
        "p-values take bounds as charted.",
        *([BOUNDS] if has_marks(row["effect"] for row in rows) else []),
    )
    return Table(
        "specifications",
        "Every single choice",
        columns,
        rows,
        is_folded=True,
        notes=notes,
        exported=specifications,
    )


def _effect(row: Record) -> str:
    ends = interval(row["effect_low"], row["effect_high"], 2)
    effect = "" if row["effect"] is None else f"{row['effect']:.2f}"
    text = f"{bounded(effect, row['effect_certainty'])} ({ends}) {row['effect_name']}"
    return traced(text, "specifications", row, "effect")


def _sampling(study: Study) -> Table:
    columns = (
        Column("analyte", "Analyte"), Column("measure", "Measure"), Column("study_group", "Group"),
        Column("n", "Patients", True), Column("median", "Median (first to third quartile)", True),
    )  # fmt: skip
    found = study.rows(SAMPLING)
    rows = [
        {
            "analyte": row["label"],
            "measure": words(row["measure"]),
            "study_group": GROUP_NAMES[row["study_group"]],
            "n": traced(str(row["n"]), "sampling_intensity", row, "n"),
            "median": traced(
                f"{number(row['median'])} ({number(row['q1'])} to {number(row['q3'])})",
                "sampling_intensity",
                row,
                "median",
            ),
        }
        for row in found
    ]
    sentence = "Where one group was measured more often or longer, its areas are larger for that alone."
    return Table(
        "sampling_intensity", "How often and how long was measured", columns, rows, sentence=sentence
    )

"""How well single variables tell non-responders from responders."""

from __future__ import annotations

from cartox.cell_ids import traced
from cartox.report.page.blocks import Column, NotApplicable, Section, Table, Words
from cartox.report.page.study import Study, with_unit
from cartox.report.reading import Record
from cartox.report.wording import TAKEN_AS_CHARTED, interval, number, p_value, plural

ROWS = "select * from results.univariable order by display_order"
GROUP = "non_responder"


def univariable_section(study: Study) -> Section:
    """Tabulate AUROC and odds ratio of each variable; standardized differences stand in Table 1."""
    title = "Single variables"
    if study.empty_cohort:
        return Section("univariable", title, evidence=(NotApplicable(title, study.empty_cohort),))
    found = study.rows(ROWS)
    n_cases = study.group_sizes.get(GROUP, 0)
    words = Words(
        (
            f"No model holds several variables: with {plural(n_cases, 'non-responder')}, and some ten of them asked for each "
            "coefficient (Peduzzi and others 1996), it would fit chance. Each row below is a model of one "
            "variable, not adjusted for any other, and none was tested on other patients.",
        )
    )
    columns = (
        Column("variable", "Variable"),
        Column("auroc", "AUROC (95 % interval)", True),
        Column("odds_ratio", "Odds ratio of not responding (95 % interval)", True),
        Column("step", "for", True),
        Column("p", "p", True),
    )
    notes = (
        "AUROC with DeLong's interval; where the groups do not overlap it is 0 or 1 and that interval degenerates to a point, so "
        "none is printed. Odds ratios by Firth's penalized logistic regression with profile-likelihood intervals.",
        TAKEN_AS_CHARTED,
    )
    rows = [_row(row) for row in found]
    table = Table("univariable", "One variable at a time", columns, rows, notes=notes, exported=found)
    return Section("univariable", title, evidence=(words, table))


def _row(row: Record) -> dict[str, str]:
    return {
        "variable": _label(row),
        "auroc": _with_interval(row, "auroc"),
        "odds_ratio": _with_interval(row, "odds_ratio"),
        "step": ""
        if row["step"] is None
        else row["step_name"]
        if row["step_name"] == "yes against no"
        else f"{number(row['step'])} {row['unit'] or ''}".strip(),
        "p": traced(p_value(row["p_value"]), "univariable", row, "p_value")
        if row["p_value"] is not None
        else "",
    }


def _label(row: Record) -> str:
    """Name the variable, and how many of its values are bounds that are taken as charted."""
    bounds = f" ({plural(row['n_bounds'], 'bound')})" if row["n_bounds"] else ""
    return f"{with_unit(row['label'], row['unit'])}{bounds}"


def _with_interval(row: Record, name: str) -> str:
    if row[name] is None:
        return ""
    if row[f"{name}_low"] is None and row[f"{name}_high"] is None:
        return traced(f"{row[name]:.2f} (no interval)", "univariable", row, name)
    ends = interval(row[f"{name}_low"], row[f"{name}_high"], 2)
    return traced(f"{row[name]:.2f} ({ends})", "univariable", row, name)

"""Claims, single variables and eras on the page: what is printed is a cell of the results."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from cartox.report.page.answer import answer_section
from cartox.report.page.blocks import Figure, NotApplicable, Section, Table, Words
from cartox.report.page.claims import claims_section
from cartox.report.page.era_evidence import era_evidence_section
from cartox.report.page.study import Study
from cartox.report.page.survival import other_survival, survival_figure
from cartox.report.page.univariable import univariable_section
from tests.python.results.handmade_study import build_short, load_study


@pytest.fixture(scope="module")
def study(handmade_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """A copy of the handmade study, whose cells some tests change for a moment."""
    own = shutil.copy(handmade_file, tmp_path_factory.mktemp("claims"))
    with duckdb.connect(str(own)) as connection:
        yield Study.of(connection)


@contextmanager
def changed(study: Study, *statements: str) -> Iterator[Study]:
    """The study while some of its cells are others."""
    study.connection.execute("begin")
    try:
        for statement in statements:
            study.connection.execute(statement)
        yield Study.of(study.connection)
    finally:
        study.connection.execute("rollback")


def table(section: Section, name: str) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table) and block.name == name)


def words(section: Section) -> str:
    return " ".join(text for block in section.blocks if isinstance(block, Words) for text in block.paragraphs)


def test_the_page_names_what_flips_a_claim_with_its_p(study: Study) -> None:
    section = claims_section(study)
    [(planned, flipped)] = study.connection.execute(
        "select claims.p_value, chosen.p_value from results.claims as claims "
        "inner join results.specifications as chosen on claims.claim = chosen.claim and chosen.choice = 'factor_080' "
        "where claims.claim = 'steroids_total'"
    ).fetchall()
    said = words(section)
    assert f"Dexamethasone equivalent in total, p {planned:.4f} as planned, flips under:" in said
    assert f"factor 080 (p {flipped:.4f})" in said or f"factor 080 (p {flipped:.3f})" in said
    rows = {row["claim"]: row for row in table(section, "claims").rows}
    assert "factor table: factor 080" in rows["Dexamethasone equivalent in total"]["flipping"]
    told = study.connection.execute(
        "select count(*) from results.comparisons inner join results.claims on variable = claim "
        "where family = 'before_index' and p_bh < 0.05 and not is_printed"
    ).fetchone()
    assert told is not None
    assert len(rows) == 10 + told[0], "the claims that the study printed, and those that the answer names"


def test_only_what_is_below_the_threshold_is_said_to_stay_there(study: Study) -> None:
    with changed(
        study,
        "update results.claims set n_holding = n_choices, n_flipping = 0, n_without_p = 0, flipping_choices = null",
        "update results.claims set p_value = if(claim = 'steroids_total', 0.01, 0.9)",
    ) as other:
        said = words(claims_section(other))
    labels = study.connection.execute("select label from results.claims where is_printed").fetchall()
    below, above = said.split("At 0.05 or above under all of them: ")
    assert below.endswith("gives a p-value: Dexamethasone equivalent in total. ")
    assert {label for (label,) in labels if label not in above} == {"Dexamethasone equivalent in total"}


def test_what_the_answer_names_is_among_the_claims(study: Study) -> None:
    named = "Dexamethasone equivalent before the index time"
    for p_bh, is_named in ((0.01, True), (0.06, False)):
        change = f"update results.comparisons set p_bh = {p_bh} where variable = 'steroids_before_index'"
        with changed(study, change) as other:
            claims = {row["claim"] for row in table(claims_section(other), "claims").rows}
            answer = words(answer_section(other))
        assert (named in claims, named.lower() in answer.lower()) == (is_named, is_named)


def test_the_first_section_names_each_printed_claim_that_flips(study: Study) -> None:
    flipping = study.connection.execute(
        "select distinct chosen.label from results.specifications as chosen "
        "where is_printed and not is_crossed and dimension <> 'study' and holds is false"
    ).fetchall()
    named = words(answer_section(study)).split("printed claims flip: ")[1].split(". ")[0]
    others = {label for (label,) in study.connection.execute("select label from results.claims").fetchall()}
    assert flipping
    for (label,) in flipping:
        assert label in named
        named = named.replace(label, "", 1)
    assert not [label for label in others if label in named]


def test_a_claim_without_a_p_does_not_hold(study: Study) -> None:
    """Under no choice has it a p-value: it neither holds nor flips, and is not called robust."""
    with changed(
        study,
        "update results.claims set p_value = null, n_holding = 0, n_flipping = 0, n_without_p = n_choices, "
        "flipping_choices = null, smallest_p = null, largest_p = null where claim = 'steroids_total'",
    ) as other:
        section = claims_section(other)
    holding, unknown = words(section).split("No choice gives a p-value beside the planned one")
    assert "Dexamethasone equivalent in total" not in holding
    assert "Dexamethasone equivalent in total" in unknown
    rows = {row["claim"]: row for row in table(section, "claims").rows}
    assert rows["Dexamethasone equivalent in total"]["flipping"] == "not applicable"


def test_an_era_without_patients_has_no_difference_that_was_not_seen(study: Study) -> None:
    change = "update results.era_comparison set from_count = 0, from_total = 0, n_per_era_for_power = null"
    with changed(study, change) as other:
        said = words(era_evidence_section(other))
    assert "an era without patients" in said
    assert "no difference was seen" not in said


def test_every_single_choice_with_a_p_is_drawn(study: Study) -> None:
    [figure] = [block for block in answer_section(study).brief if isinstance(block, Figure)]
    [(n_drawn,)] = study.connection.execute(
        "select count(*) from results.specifications where not is_crossed and is_printed and p_value is not null"
    ).fetchall()
    assert len(figure.panels[0].rows) == n_drawn
    assert {row["series"] for row in figure.panels[0].rows} == {"study", "holds", "flips"}


def test_a_choice_of_which_nothing_can_be_told_is_not_drawn_as_one_that_flips(study: Study) -> None:
    with changed(study, "update results.specifications set holds = null where holds is false") as other:
        [figure] = [block for block in answer_section(other).brief if isinstance(block, Figure)]
    assert {row["series"] for row in figure.panels[0].rows} == {"study", "holds", "untold"}
    assert "untold" in {one.key for one in figure.legend}


def test_where_no_group_was_followed_survival_by_group_says_so(study: Study) -> None:
    with changed(study, "delete from results.survival where stratified_by = 'study_group'") as other:
        by_group, whole = survival_figure(other), other_survival(other)
    assert isinstance(by_group, NotApplicable)
    assert isinstance(whole, Figure)
    assert [panel.name for panel in whole.panels] == ["survival"]


def test_single_variables_say_why_there_is_no_model_of_several(study: Study) -> None:
    section = univariable_section(study)
    assert "No model holds several variables: with 3 non-responders" in words(section)
    rows = {row["variable"]: row for row in table(section, "univariable").rows}
    assert rows["CAR-T product"]["auroc"] == ""
    [(area, low, high)] = study.connection.execute(
        "select auroc, auroc_low, auroc_high from results.univariable where variable = 'baseline_crp'"
    ).fetchall()
    assert rows["Baseline C-reactive protein, mg/L"]["auroc"] == f"{area:.2f} ({low:.2f} to {high:.2f})"
    assert any("degenerates" in note for note in table(section, "univariable").notes)


@pytest.mark.parametrize(("n_bounds", "told"), [(0, ""), (1, " (1 bound)"), (2, " (2 bounds)")])
def test_a_model_of_bounds_says_how_many(study: Study, n_bounds: int, told: str) -> None:
    change = "update results.univariable set n_bounds = ? where variable = 'baseline_crp'"
    study.connection.execute(change, [n_bounds])
    try:
        names = [row["variable"] for row in table(univariable_section(study), "univariable").rows]
    finally:
        study.connection.execute(change, [0])
    assert f"Baseline C-reactive protein, mg/L{told}" in names


def test_one_sentence_says_what_the_eras_can_and_cannot_tell(study: Study) -> None:
    section = era_evidence_section(study)
    said = words(section)
    assert said.count("It can be said") == 1
    assert "it cannot be said that care changed the risk" in said
    assert "80 % power" in said
    incidence = table(section, "era_incidence").rows
    assert {row["reading"] for row in incidence} == {"era date", "era date read the other way"}
    assert len(table(section, "era_power").rows) == 2


def test_an_empty_cohort_has_reasons(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        load_study(connection)
        connection.execute("delete from marts.cohort")
        build_short(connection, tmp_path)
        study = Study.of(connection)
        for section in (claims_section(study), univariable_section(study)):
            assert all(isinstance(block, NotApplicable) for block in section.blocks)
        assert words(era_evidence_section(study))

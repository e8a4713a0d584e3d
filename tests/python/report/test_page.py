"""The page of the built-in study: what it says is what the file holds, and it needs nothing from outside."""

from __future__ import annotations

import base64
import csv
import hashlib
import re
import xml.etree.ElementTree as ElementTree
from math import inf
from pathlib import Path
from statistics import median
from typing import Any

import altair
import duckdb
import pytest
from docx import Document

from cartox.report.page import write_report
from cartox.report.page.render import specs_of
from cartox.report.page.study import Study
from cartox.report.page.write import read_sections
from tests.python.report.pages import Page

OWN_PLACES = ("#", "data:", "figures/", "tables/", "index.html", "record.html")
NAMES = {"responder": "responders", "non_responder": "non-responders"}


@pytest.fixture(scope="module")
def page(study_page: Path) -> Page:
    return Page(study_page)


@pytest.fixture(scope="module")
def folder(study_page: Path) -> Path:
    return study_page.parent


@pytest.fixture
def ask(study_connection: duckdb.DuckDBPyConnection) -> Any:
    """Ask the file for one row of values."""

    def ask(query: str) -> tuple[Any, ...]:
        found = study_connection.execute(query).fetchall()
        assert len(found) == 1
        return tuple(found[0])

    return ask


def _number(value: float) -> str:
    text = f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}"
    return text.rstrip("0").rstrip(".")


def test_the_flow_counts_what_the_mart_counts(page: Page, study_connection: Any) -> None:
    steps = study_connection.execute(
        "select step, n_excluded, n_remaining, population from marts.cohort_attrition order by step_number"
    ).fetchall()
    texts = re.sub(r"\s+", " ", " ".join(page.flow_texts))
    for step, n_excluded, _, _ in steps[1:]:
        assert (f" {n_excluded} {step}" in texts) == (n_excluded > 0)
    for population, name in (
        ("all", "Patients with usable records"),
        ("treated", "Treated population"),
        ("cohort", "Cohort"),
    ):
        assert f"{name}: {min(row[2] for row in steps if row[3] == population)}" in texts
    left_out = [int(count) for count in re.findall(r"Left out: (\d+)", texts)]
    assert left_out[:2] == [sum(row[1] for row in steps if row[3] == name) for name in ("treated", "cohort")]
    assert steps[0][2] - sum(left_out[:2]) == steps[-1][2]
    groups = [int(count) for count in re.findall(r"n = (\d+)", texts)[:2]]
    assert sum(groups) == steps[-1][2]


def test_the_answer_is_the_file_s(page: Page, ask: Any) -> None:
    count, total, percent = ask(
        "select count(*) filter (where study_group = 'responder'), count(*), "
        "100 * avg((study_group = 'responder')::int) from marts.cohort"
    )
    assert page.readings[0].startswith(
        f"ICANS resolved after anakinra began in {count} of {total} patients, {percent:.1f} % ("
    )
    (treated,) = ask("select count(*) from marts.treated_patients")
    assert page.readings[1].startswith(f"{treated} patients were treated")


def test_the_answer_names_what_was_known_at_the_start_and_stands_after_adjustment(
    page: Page, ask: Any
) -> None:
    (labels,) = ask(
        "select list(label order by p_bh, display_order) from results.comparisons "
        "where p_bh < 0.05 and (section not in ('course', 'steroids', 'laboratory course') "
        "or label like '%before the index time')"
    )
    (n_tests, smallest, second) = ask(
        "select count(*), list(p_value order by p_value)[1], list(p_value order by p_value)[2] from results.comparisons "
        "where section in ('baseline', 'laboratory baseline', 'initiation') or label like '%before the index time'"
    )
    assert (n_tests, len(labels)) == (21, 1)
    assert smallest * n_tests < 0.05 < second * n_tests / 2
    side = "(?:higher|lower|more often|less often)"
    said = page.readings[2]
    assert re.search(rf"would not respond had {side} [^,.]+\.$", said)
    named = re.findall(rf"{side} ([^,.]+?)(?=,|\.| and {side})", said)
    assert [name.lower() for name in named] == [label.lower() for label in labels]
    assert "higher dexamethasone equivalent before the index time" in said


def test_effects_of_the_course_stand_apart_from_what_was_known_before(page: Page, ask: Any) -> None:
    drawn = {
        name: {row["label"] for data in spec["data"] if data["name"] == "effects" for row in data["values"]}
        for name, spec in page.specs().items()
        if name.startswith("effects_")
    }
    (later,) = ask(
        "select list(label) from results.comparisons where section in ('course', 'laboratory course') "
        "or variable in ('steroids_total', 'steroids_after_index', 'any_steroids_after_index')"
    )
    apart = {name for name in drawn if name.endswith("_of_course")}
    assert set().union(*(drawn[name] for name in apart)) == set(later)
    assert not set().union(*(drawn[name] for name in set(drawn) - apart)) & set(later)
    (said,) = [text for text in page.readings if "unadjusted 95 % interval" in text]
    assert "of 20 comparisons" in said  # 21 tests, of which that of the product has no single effect
    assert "that of dexamethasone equivalent before the index time" in said


def test_peaks_of_the_biomarkers_are_those_of_the_grid(page: Page, study_connection: Any) -> None:
    (said,) = [text for text in page.readings if text.startswith("Highest median ferritin")]
    cells: dict[tuple[str, str, int], list[tuple[float, bool]]] = {}
    for *cell, value, is_censored in study_connection.execute(
        "select analyte, study_group, study_day, value, is_right_censored from marts.lab_daily_grid "
        "inner join marts.cohort using (patient_id) where value is not null order by study_day"
    ).fetchall():
        cells.setdefault((cell[0], cell[1], cell[2]), []).append((value, is_censored))
    n_bounds = 0
    for analyte in ("crp", "ferritin", "ldh"):
        for group in NAMES:
            own = {key[2]: values for key, values in cells.items() if key[:2] == (analyte, group)}
            day = max(own, key=lambda one: median(value for value, _ in own[one]))
            middle = median(value for value, _ in own[day])
            is_bound = median(inf if is_censored else value for value, is_censored in own[day]) != middle
            n_bounds += is_bound
            bound = "≥ " if is_bound else ""
            assert f" {bound}{_number(middle)} on day {day} in {NAMES[group]}" in said
    assert n_bounds == 1


def test_steroid_medians_are_those_of_the_mart(page: Page, study_connection: Any) -> None:
    (said,) = [text for text in page.readings if text.startswith("Median cumulative")]
    rows = study_connection.execute(
        "select exposure_window, study_group, quantile_cont(dexamethasone_equivalent_mg, 0.5) "
        "from marts.steroid_exposure inner join marts.cohort using (patient_id) group by all"
    ).fetchall()
    windows = {"before_index": "before anakinra", "after_index": "from anakinra on", "total": "in total"}
    for window, group, middle in rows:
        part = next(part for part in said.split(";") if windows[window] in part)
        assert f"{_number(middle)} mg in {NAMES[group]}" in part


def test_cumulative_doses_end_at_the_total(page: Page, study_connection: Any) -> None:
    spec = page.specs()["steroids_by_day"]
    values = next(data["values"] for data in spec["data"] if data["name"] == "patients")
    last = sorted(row["cumulative_mg"] for row in values if row["study_day"] == 30)
    totals = study_connection.execute(
        "select dexamethasone_equivalent_mg from marts.steroid_exposure inner join marts.cohort using (patient_id) "
        "where exposure_window = 'total' order by 1"
    ).fetchall()
    assert last == pytest.approx([total for (total,) in totals])


def test_resolution_and_deaths_are_counted_from_the_index_time(page: Page, ask: Any) -> None:
    (said,) = [text for text in page.readings if text.startswith("ICANS resolved in ")]
    resolved, total, died, neither = ask(
        "select count(*) filter (where date_diff('day', index_started_at::date, toxicity_resolved_at::date) <= 7), "
        "count(*), count(*) filter (where toxicity_resolved_at is null and died_on <= infused_at::date + 30), "
        "count(*) filter (where toxicity_resolved_at is null and (died_on is null or died_on > infused_at::date + 30)) "
        "from marts.cohort inner join marts.treated_patients using (patient_id)"
    )
    assert f"{100 * resolved / total:.1f} % (" in said.split("by day 7")[0]  # nobody is censored before day 7
    assert (
        f"{died} patients died before it resolved, by study day 30; {neither} patients alive and not known"
        in said
    )
    assert f"counts those by study day 30 under the study&#39;s definition, {died}." in page.text


def test_survival_counts_are_the_file_s(page: Page, ask: Any) -> None:
    (said,) = [text for text in page.readings if "died on a known day of follow-up" in text]
    deaths, total, responders, others = ask(
        "select count(died_on), count(*), "
        "count(*) filter (where study_group = 'responder' and coalesce(died_on, last_contact_on) > infused_at::date + 30), "
        "count(*) filter (where study_group <> 'responder' and coalesce(died_on, last_contact_on) > infused_at::date + 30) "
        "from marts.cohort inner join marts.treated_patients using (patient_id)"
    )
    assert said.startswith(f"{deaths} patients of {total} died")
    assert f"{responders} responders and {others} non-responders" in said


def test_responders_are_said_to_have_had_to_live(page: Page) -> None:
    assert "guarantee time" in page.text


def test_era_shares_are_the_mart_s(page: Page, study_connection: Any) -> None:
    (said,) = [text for text in page.readings if text.startswith("Share of all deaths")]
    for n_treated, n_deaths, n_toxicity in study_connection.execute(
        "select n_treated, n_deaths, n_toxicity_deaths from marts.era_mortality"
    ).fetchall():
        assert f"{n_toxicity} of {n_deaths}, {100 * n_toxicity / n_deaths:.2f} %" in said
        assert f"{n_toxicity} of {n_treated}, {100 * n_toxicity / n_treated:.2f} %" in said


def test_the_audit_and_its_explanations_are_on_the_page(page: Page, study_connection: Any) -> None:
    counts = dict(
        study_connection.execute(
            "select if(verdict = 'reproduced' and not coalesce(follows_rule, true), 'against', verdict), count(*) "
            "from results.reported_figures group by 1"
        ).fetchall()
    )
    ((source,),) = study_connection.execute("select citation from seeds.reported_study").fetchall()
    assert f"Source of the printed figures: {source}." in page.text
    (said,) = [text for text in page.readings if "printed figures:" in text]
    reproduced = counts["reproduced"] + counts["against"]
    assert f": {reproduced} reproduced, {counts['against']} of them not by the study's own rule; " in said
    assert f"{counts['impossible']} impossible" in said
    for (explanation,) in study_connection.execute(
        "select explanation from results.reported_figures where verdict = 'impossible' or not follows_rule"
    ).fetchall():
        assert explanation in page.text.replace("&#39;", "'")


def test_records_add_up(page: Page, ask: Any) -> None:
    raw, accepted, duplicate, superseded, quarantined = ask(
        "select sum(n_raw), sum(n_accepted), sum(n_duplicate), sum(n_superseded), sum(n_quarantined) "
        "from marts.record_conservation"
    )
    (said,) = [text for text in page.readings if "raw records:" in text]
    found = [int(count.replace(",", "")) for count in re.findall(r"[\d,]*\d", said)]
    assert found == [raw, accepted, duplicate, superseded, quarantined]
    assert raw == sum(found[1:])
    records, reasons = ask("select count(*), count(distinct (entity, reason)) from marts.quarantined_records")
    assert any(text.startswith(f"{records} records for {reasons} reasons") for text in page.readings)


def test_label_changes_are_counted_against_the_study_s_definition(page: Page, ask: Any) -> None:
    definitions, most = ask(
        "select count(*), max(n) from (select definition, count(*) filter (where is_responder is distinct from "
        "(study_group = 'responder')) as n from marts.response_labels inner join marts.cohort using (patient_id) group by 1)"
    )
    assert any(f"{definitions} definitions tried, up to {most} of" in text for text in page.readings)


def test_every_chart_has_words_of_its_own(page: Page) -> None:
    charts = {value for tag, name, value in page.attributes if name == "data-chart"}
    assert charts == set(page.specs())
    assert len(charts) >= 14
    ids = {value for _, name, value in page.attributes if name == "id"}
    described = [value for _, name, value in page.attributes if name == "aria-describedby"]
    assert len(described) == len(charts)
    assert set(described) <= ids


def test_nothing_is_loaded_from_outside(page: Page) -> None:
    loading = ("src", "href", "srcset", "action", "data", "poster", "xlink:href")
    for tag, name, value in page.attributes:
        if name in loading:
            assert value.startswith(OWN_PLACES), (tag, name, value)
    assert not [script for script in (page.scripts[2], page.scripts[5]) if "import(" in script]
    style = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    assert not [part for part in style if "@import" in part or "url(" in part]


def test_the_policy_allows_the_page_s_own_scripts_alone(page: Page) -> None:
    policy, of_the_record = [
        value for tag, _, value in page.attributes if tag == "meta" and "default-src" in value
    ]
    assert policy == of_the_record
    assert page.scripts[1:3] == page.scripts[4:]
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy
    hashes = re.findall(r"'sha256-([^']+)'", policy)
    written = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in page.scripts[1:3]
    ]
    assert hashes == written
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]


def test_links_lead_to_files_beside_the_page(page: Page, folder: Path) -> None:
    links = [value for _, name, value in page.attributes if name == "href" and "/" in value]
    assert len(links) > 50
    assert not [link for link in links if not (folder / link).is_file()]


def test_no_patient_is_named_anywhere(page: Page, folder: Path, study_connection: Any) -> None:
    names = {
        name
        for (name,) in study_connection.execute("select patient_id from marts.treated_patients").fetchall()
    }
    pattern = re.compile("|".join(map(re.escape, names)))
    for file in folder.rglob("*"):
        if file.suffix in (".html", ".csv", ".svg"):
            assert not pattern.search(file.read_text(encoding="utf-8")), file.name


def test_no_calendar_day_of_a_patient_is_shown(folder: Path) -> None:
    of_patients = ("lab_", "grades_", "steroids_", "resolution", "survival")
    for file in (folder / "figures").glob("*.csv"):
        if file.stem.startswith(of_patients):
            assert not re.search(r"\b20\d\d-\d\d-\d\d\b", file.read_text(encoding="utf-8")), file.name


def test_figures_are_pictures_and_numbers(page: Page, folder: Path) -> None:
    for name in (*page.specs(), "flow"):
        assert (folder / "figures" / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        svg = ElementTree.parse(folder / "figures" / f"{name}.svg")  # noqa: S314
        assert svg.getroot().tag.endswith("svg")
        assert "var(--" not in (folder / "figures" / f"{name}.svg").read_text(encoding="utf-8")
        with (folder / "figures" / f"{name}.csv").open(newline="", encoding="utf-8") as handle:
            assert len(list(csv.reader(handle))) > 1


def test_every_chart_keeps_the_schema_of_vega_lite(study_connection: duckdb.DuckDBPyConnection) -> None:
    specs = specs_of(
        block for section in read_sections(Study.of(study_connection)) for block in section.blocks
    )
    assert len(specs) >= 14
    for spec in specs.values():
        altair.Chart.from_dict(spec)  # raises where the schema is not kept


def test_a_page_without_pictures_leads_to_none_and_says_what_draws_them(
    study_connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    page = Page(write_report(study_connection, tmp_path / "page", with_pictures=False))
    links = [value for _, name, value in page.attributes if name == "href" and "/" in value]
    assert {Path(link).suffix for link in links} == {".csv", ".docx"}
    assert not [link for link in links if not (tmp_path / "page" / link).is_file()]
    assert "<code>cartox report</code> draws the figures as pictures, too." in page.text


def test_table_one_is_the_same_on_the_page_in_the_csv_and_in_word(page: Page, folder: Path) -> None:
    with (folder / "tables" / "table_one.csv").open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    grid = Document(str(folder / "tables" / "table_one.docx")).tables[0]
    in_word = {(row.cells[0].text, row.cells[1].text, row.cells[6].text.split(" ")[0]) for row in grid.rows}
    for row in rows:
        assert (row["characteristic"], row["all"], row["p"]) in in_word
        assert row["all"] == "" or f">{row['all']}<" in page.text.replace("&lt;", "<").replace("\u00a0", " ")
    said = {row["test"] for row in rows if row["test"]}
    assert len(said) == 2
    notes = [paragraph.text for paragraph in Document(str(folder / "tables" / "table_one.docx")).paragraphs]
    assert all(any(test in note for note in notes) for test in said)


def test_table_one_in_word_fits_its_pages(folder: Path) -> None:
    document = Document(str(folder / "tables" / "table_one.docx"))
    (page,), (grid,) = document.sections, document.tables
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    assert sum(cell.width or room for cell in grid.rows[0].cells) <= room
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in grid.rows)
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in grid.rows[:2]] == [True, False]


def test_infinite_odds_ratios_are_arrows(page: Page, study_connection: Any) -> None:
    rows = [
        row
        for name in ("effects_odds_ratio", "effects_odds_ratio_of_course")
        for data in page.specs()[name]["data"]
        if data["name"] == "effects"
        for row in data["values"]
    ]
    infinite = study_connection.execute(
        "select label from results.comparisons where effect_is_infinite order by display_order"
    ).fetchall()
    assert {(row["label"],) for row in rows if row["arrow"] == "right"} == set(infinite)
    assert all(row["effect_text"].startswith("∞") for row in rows if row["arrow"] == "right")
    assert {row["series"] for row in rows if row["label"] == "Peak ICANS grade 4"} == {"higher"}

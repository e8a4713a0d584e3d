"""The page where there is nothing to say, and where the records hold what would break a page."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from cartox.report.page import write_report
from cartox.report.page.blocks import Figure, Panel, Series
from cartox.report.page.effects import drawn
from cartox.report.page.export import write_csv
from cartox.report.page.render import json_for_script
from tests.python.report.pages import Page, both
from tests.python.report.studies import HOSTILE, make_every_text_hostile, rebuild_results


def _page_of(file: Path, folder: Path, *, with_pictures: bool = False) -> Page:
    with duckdb.connect(str(file), read_only=True) as connection:
        return Page(write_report(connection, folder, with_pictures=with_pictures))


@pytest.fixture(scope="module")
def hostile(study_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a page whose every text is hostile, the index drug's name included."""
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "hostile.duckdb"
    shutil.copy(study_file, file)
    make_every_text_hostile(file)
    _page_of(file, folder / "page", with_pictures=True)
    return folder / "page"


def test_hostile_text_makes_no_element(hostile: Path, study_page: Path) -> None:
    page, plain = Page(hostile / "index.html"), Page(study_page)
    assert HOSTILE.split("<")[0] in page.text.replace("&#34;", '"').replace("&#39;", "'").replace("&gt;", ">")
    assert page.elements["img"] == 0
    assert page.elements["script"] == plain.elements["script"] == 6
    assert set(page.elements) <= set(plain.elements)
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]


def test_hostile_text_stays_text_in_charts(hostile: Path) -> None:
    page = Page(hostile / "index.html")
    specs = page.specs()
    assert not [specs for specs in (page.scripts[0], page.scripts[3]) if "<" in specs]
    label = specs["effects_difference"]["data"]
    assert "<img" in str(label)
    for file in (hostile / "figures").glob("*.svg"):
        assert "<img" not in file.read_text(encoding="utf-8")
        assert "<script" not in file.read_text(encoding="utf-8")


def test_texts_that_hide_others_are_made_visible(hostile: Path) -> None:
    assert not [page for page in both(hostile / "index.html") if "\u202e" in page.read_text(encoding="utf-8")]


def test_an_empty_cohort_is_not_applicable_in_words(empty_file: Path, tmp_path: Path) -> None:
    page = _page_of(empty_file, tmp_path / "page")
    for section in ("table-one", "effects", "labs", "grades", "steroids", "outcomes"):
        part = page.section(section)
        assert "Not applicable: no treated patient is known to have been given anakinra for ICANS" in part, (
            section
        )
        assert 'class="chart"' not in part
    assert "504 patients were treated" in page.text
    assert set(page.specs()) == {"era", "printed_figures", "quarantine_reasons"}
    shown = re.sub(r"<(script|style).*?</\1>", "", page.text, flags=re.DOTALL)
    assert not re.search(r"\b(nan|None|NaN|undefined)\b", shown)


def test_a_figure_that_is_not_applicable_has_a_mark_that_can_be_seen(
    empty_file: Path, tmp_path: Path
) -> None:
    _page_of(empty_file, tmp_path / "page", with_pictures=True)
    drawn = (tmp_path / "page" / "figures" / "printed_figures.svg").read_text(encoding="utf-8")
    marks = re.findall(r'<path aria-label="[^"]*verdict: not applicable[^"]*"[^>]* d="([^"]*)"', drawn)
    assert marks
    for mark in marks:
        heights = [float(y) for y in re.findall(r",(-?[\d.]+)", mark)]
        assert max(heights) - min(heights) > 5


def test_nobody_at_all_still_gives_a_page(study_file: Path, empty_file: Path, tmp_path: Path) -> None:
    nobody = tmp_path / "nobody.duckdb"
    shutil.copy(empty_file, nobody)
    with duckdb.connect(str(nobody)) as connection:
        for table in (
            "treated_patients",
            "quarantined_records",
            "nulled_values",
            "grade_agreement",
            "era_mortality",
        ):
            connection.execute(f"delete from marts.{table}")
    rebuild_results(nobody, study_file.parent / "landing")
    with duckdb.connect(str(nobody)) as connection:
        connection.execute("delete from results.reported_figures")
        connection.execute(
            "update results.era_comparison set before_percent = null, from_percent = null, difference = null"
        )
    page = _page_of(nobody, tmp_path / "page")
    assert "0 patients were treated" in page.text
    assert "Not applicable: no record was quarantined" in page.text
    assert "Not applicable: nobody was treated, or nobody died" in page.text


def test_printed_figures_of_another_study_take_one_sentence(study_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    shutil.copy(study_file, other)
    with duckdb.connect(str(other)) as connection:
        connection.execute(
            "update results.reported_figures set verdict = 'not_applicable', computed = null, follows_rule = null, "
            "convention = null, explanation = 'Not applicable: printed for B and A; this study is A for B.'"
        )
        connection.execute("update seeds.reported_study set citation = 'a paper of B'")
    page = _page_of(other, tmp_path / "page")
    part = page.section("printed")
    assert "Not applicable: printed for B and A; this study is A for B. Source: a paper of B." in part
    assert "<table" not in part
    assert "printed_figures" not in page.specs()
    assert "printed figures reproduced" not in page.text


def test_one_day_of_the_first_dose_is_no_range(study_file: Path, tmp_path: Path) -> None:
    same = tmp_path / "same.duckdb"
    shutil.copy(study_file, same)
    with duckdb.connect(str(same)) as connection:
        connection.execute("create or replace table marts.cohort as from marts.cohort")
        connection.execute("update marts.cohort set index_study_day = 1")
    rebuild_results(same, study_file.parent / "landing")
    assert "The first dose of anakinra fell on study day 1." in _page_of(same, tmp_path / "page").text


def test_a_median_that_unknown_doses_could_raise_is_a_lower_bound(study_file: Path, tmp_path: Path) -> None:
    for name, condition, is_bound in (
        ("most", "dexamethasone_equivalent_mg > 500", True),
        ("none", "false", False),
    ):
        file = tmp_path / f"{name}.duckdb"
        shutil.copy(study_file, file)
        with duckdb.connect(str(file)) as connection:
            connection.execute(
                f"update marts.steroid_exposure set certainty = if({condition}, 'at_least', 'exact')"
            )
        rebuild_results(file, study_file.parent / "landing")
        page = _page_of(file, tmp_path / name)
        (said,) = [text for text in page.readings if text.startswith("Median cumulative")]
        in_total = said.split("in total ")[1]
        assert (
            bool(re.match(r"[\d,.]+ mg in responders and ≥ [\d,.]+ mg in non-responders", in_total))
            == is_bound
        )
        assert ("≥" in said) == is_bound


def test_the_axis_of_doses_suits_small_doses_too(study_file: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.duckdb"
    shutil.copy(study_file, small)
    with duckdb.connect(str(small)) as connection:
        connection.execute(
            "update marts.steroid_exposure set dexamethasone_equivalent_mg = dexamethasone_equivalent_mg / 250"
        )
        (most,) = connection.execute(
            "select max(dexamethasone_equivalent_mg) from marts.steroid_exposure inner join marts.cohort using (patient_id)"
        ).fetchall()[0]
    rebuild_results(small, study_file.parent / "landing")
    spec = _page_of(small, tmp_path / "page").specs()["steroids_by_window"]
    (axis,) = [axis for axis in spec["axes"] if axis.get("title") and axis["scale"] == "x"]
    assert axis["values"][0] == 0
    assert most <= axis["values"][-1] < 2 * most
    assert len(axis["values"]) > 4


def test_zeros_count_in_medians_and_are_drawn(study_file: Path, tmp_path: Path) -> None:
    """Typed in: 5 values that are not 0 and 4 that are, so that n is 9 and the median the smallest of the five."""
    zeros = tmp_path / "zeros.duckdb"
    shutil.copy(study_file, zeros)
    with duckdb.connect(str(zeros)) as connection:
        connection.execute("create or replace table marts.lab_daily_grid as from marts.lab_daily_grid")
        connection.execute(
            "update marts.lab_daily_grid set value = null where analyte = 'crp' and study_day = 3"
        )
        connection.execute(
            "update marts.lab_daily_grid as grid set value = typed.value from ("
            "    select patient_id, unnest([10.8, 42.2, 50, 60, 70, 0, 0, 0, 0]) as value, "
            "    unnest(range(1, 10)) as wanted, place from ("
            "        select patient_id, row_number() over (order by patient_id) as place from marts.cohort "
            "        where study_group = 'responder')) as typed "
            "where typed.wanted = typed.place and grid.patient_id = typed.patient_id "
            "and grid.analyte = 'crp' and grid.study_day = 3"
        )
    rebuild_results(zeros, study_file.parent / "landing")
    page = _page_of(zeros, tmp_path / "page")
    with (tmp_path / "page" / "tables" / "lab_medians.csv").open(newline="", encoding="utf-8") as handle:
        (row,) = [
            row
            for row in csv.DictReader(handle)
            if (row["analyte"], row["series"], row["study_day"]) == ("crp", "responder", "3")
        ]
    assert (row["n_patients"], float(row["median"])) == ("9", 10.8)
    spec = page.specs()["lab_crp"]
    drawn = next(data["values"] for data in spec["data"] if data["name"] == "patients")
    assert sum(row["value"] == 0 for row in drawn) == 4
    (scale,) = [scale for scale in spec["scales"] if scale["name"] == "y"]
    (axis,) = [axis for axis in spec["axes"] if axis["scale"] == "y" and axis.get("labels", True)]
    assert (scale["type"], scale["domain"][0], axis["values"][0]) == ("symlog", 0, 0)
    assert max(row["value"] for row in drawn) <= scale["domain"][1]
    assert next(s for s in page.specs()["lab_ldh"]["scales"] if s["name"] == "y")["type"] == "log"


def test_the_highest_median_is_as_certain_as_all_medians_let_it_be(study_file: Path, tmp_path: Path) -> None:
    copied = tmp_path / "unknown.duckdb"
    shutil.copy(study_file, copied)
    with duckdb.connect(str(copied)) as connection:
        for certainty, group in (("at_least", "responder"), ("unknown", "non_responder")):
            connection.execute(
                f"update results.daily_summaries set highest_certainty = '{certainty}' "
                f"where measure = 'crp' and study_group = '{group}' and highest_certainty is not null"
            )
    page = _page_of(copied, tmp_path / "page")
    (said,) = [text for text in page.readings if text.startswith("Highest median ferritin")]
    crp = said[said.index("C-reactive") :]
    assert re.search(r": ≥ [\d.]+ on day \d+ in responders, unknown in non-responders\.$", crp), crp


def test_nothing_is_printed_of_survival_after_the_last_at_risk(study_file: Path, tmp_path: Path) -> None:
    followed = tmp_path / "followed.duckdb"
    shutil.copy(study_file, followed)
    with duckdb.connect(str(followed)) as connection:
        connection.execute("create or replace table marts.treated_patients as from marts.treated_patients")
        connection.execute(
            "update marts.treated_patients set last_contact_on = cast(infused_at as date) + 300, died_on = null "
            "where died_on is null or died_on > cast(infused_at as date) + 60"
        )
    rebuild_results(followed, study_file.parent / "landing")
    page = _page_of(followed, tmp_path / "page")
    with (tmp_path / "page" / "tables" / "survival.csv").open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert max(float(row["day"]) for row in rows) <= 300
    assert min(int(row["n_at_risk"]) for row in rows) > 0
    assert "Alive one year after the first dose" not in page.text
    cells = re.findall(
        r"<tr>\s*<t[hd][^>]*>((?:Whole cohort|Responders|Non-responders), from [^<]*)</t[hd]>(.*?)</tr>",
        page.text,
        re.DOTALL,
    )
    late = [text for _, text in cells if re.search(r">(12|24) months<", text)]
    assert len(late) == 14
    assert all("not reached: last at risk on day" in text and ">none<" in text for text in late)


def test_a_group_of_one_is_one_responder(study_file: Path, tmp_path: Path) -> None:
    one = tmp_path / "one.duckdb"
    shutil.copy(study_file, one)
    with duckdb.connect(str(one)) as connection:
        connection.execute(
            "delete from marts.cohort where study_group = 'responder' "
            "and patient_id <> (select min(patient_id) from marts.cohort where study_group = 'responder')"
        )
    rebuild_results(one, study_file.parent / "landing")
    assert "The cohort is made of 1 responder and 11 non-responders." in _page_of(one, tmp_path / "page").text


def test_a_legend_names_only_what_is_drawn() -> None:
    series = tuple(Series(key, key, "neutral") for key in ("drawn", "absent", "patients", "nobody"))
    rows = {"dots": [{"series": "drawn"}], "patients": [{"value": 1}], "nobody": []}
    figure = Figure(
        "name", "title", "description", "sentence", (Panel("a", "b", {"datasets": rows}, ()),), series
    )
    assert [one.key for one in figure.legend] == ["drawn", "patients"]


def test_json_cannot_end_its_script() -> None:
    assert json_for_script({"a": "</script><!--\u2028"}) == '{"a":"\\u003c/script\\u003e\\u003c!--\\u2028"}'


def test_a_spreadsheet_runs_no_text(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    write_csv([{"a": "=1+1", "b": -1.5, "c": "@x", "d": "plain"}], file)
    with file.open(newline="", encoding="utf-8") as handle:
        assert list(csv.reader(handle))[1] == ["'=1+1", "-1.5", "'@x", "plain"]


@pytest.mark.parametrize(
    ("effect", "low", "high", "is_infinite", "expected"),
    [
        (2.0, 1.2, 4.0, False, ("higher", 2.0, 1.2, 4.0, "")),
        (2.0, 0.8, 4.0, False, ("open", 2.0, 0.8, 4.0, "")),
        (0.2, 0.1, 0.9, False, ("lower", 0.2, 0.1, 0.9, "")),
        (None, 5.3, None, True, ("higher", 90.0, 5.3, 90.0, "right")),
        (0.0, 0.0, 0.7, False, ("lower", 0.01, 0.01, 0.7, "left")),
    ],
)
def test_ends_that_do_not_exist_are_drawn_at_the_edge(
    effect: float | None,
    low: float | None,
    high: float | None,
    is_infinite: bool,
    expected: tuple[object, ...],
) -> None:
    row = {
        "label": "a", "unit": None, "effect_name": "odds ratio", "effect": effect, "effect_low": low, "effect_high": high,
        "is_infinite": is_infinite,
        "p_value": 0.5, "p_bh": 0.5, "n_non_responders": 1, "n_responders": 1,
    }  # fmt: skip
    shown = drawn(row, 1.0, 0.01, 90.0)
    assert (shown["series"], shown["point"], shown["low"], shown["high"], shown["arrow"]) == expected


def test_the_report_keeps_to_its_folder(study_file: Path, tmp_path: Path) -> None:
    """Names that are cells of the file, of an analyte and a toxicity, name files of the report."""
    outside = tmp_path / "outside"
    outside.mkdir()
    file = tmp_path / "climbing.duckdb"
    shutil.copy(study_file, file)
    name = "/../../../outside/climbed"
    with duckdb.connect(str(file)) as connection:
        for table in ("seeds.analytes", "marts.lab_daily_grid", "marts.grade_agreement"):
            connection.execute(f"create or replace table {table} as from {table}")
            if table != "marts.grade_agreement":
                connection.execute(
                    f"insert into {table} select * replace ('{name}' as analyte) from {table} where analyte = 'crp'"
                )
        connection.execute(f"update marts.grade_agreement set toxicity = '{name}' where toxicity = 'CRS'")
    page = tmp_path / "page"
    for kind, part in (("figures", "lab_"), ("tables", "grade_agreement_")):
        (page / kind / part).mkdir(parents=True)  # the folders through which such a name could climb
    _page_of(file, page)
    assert list(outside.iterdir()) == []
    assert len(list(page.rglob("*climbed.csv"))) == 2


def test_a_patient_who_is_not_evaluable_has_a_row_among_the_grades(study_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "open.duckdb"
    shutil.copy(study_file, file)
    with duckdb.connect(str(file)) as connection:
        connection.execute("create or replace table marts.cohort as from marts.cohort")
        connection.execute(
            "update marts.cohort set study_group = 'not_evaluable' where patient_id = "
            "(select min(patient_id) from marts.cohort where study_group = 'non_responder')"
        )
    rebuild_results(file, study_file.parent / "landing")
    page = _page_of(file, tmp_path / "page")
    headings = next(d["values"] for d in page.specs()["grades_icans"]["data"] if d["name"] == "headings")
    assert [row["text"] for row in headings] == [
        "Responders (n = 31)",
        "Non-responders (n = 10)",
        "Not evaluable (n = 1)",
    ]
    assert "of 1 who are not evaluable" in page.text

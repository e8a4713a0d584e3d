"""What a reader meets: nothing breaks, nothing is asked for, everything can be reached and read."""

from __future__ import annotations

import base64
import operator
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.conftest import WIDTHS, Browser

STUDIES = ("study", "empty", "hostile")
PAGES = tuple(f"{study}{part}" for study in STUDIES for part in ("", "-record"))
CHARTS_TO_POINT_AT = {
    "study": ("lab_ferritin", "grades_icans", "specifications"),
    "hostile": ("lab_ferritin", "grades_icans", "specifications"),
    "empty": ("era",),
    "study-record": ("effects_difference", "printed_figures"),
    "hostile-record": ("effects_difference", "printed_figures"),
    "empty-record": ("printed_figures", "quarantine_reasons"),
}
WITHOUT_TOOLTIPS = """
return [...document.querySelectorAll(".chart")].filter((host) => ![...host.querySelectorAll("svg .role-mark > *")].some(
  (one) => one.__data__ && one.__data__.tooltip && typeof one.__data__.tooltip === "object"
)).map((host) => host.dataset.chart);
"""
COUNT_MARKS = "return arguments[0].closest('[data-figure]').querySelectorAll('svg .role-mark > *').length"
OVERFLOWING = """
const wide = [];
for (const element of document.querySelectorAll("main *, header *, nav *, footer *")) {
  if (element.closest(".scroll, .contents ol, svg, .unseen")) continue;
  const box = element.getBoundingClientRect();
  if (box.width && (box.right > innerWidth + 1 || box.left < -1)) wide.push(element.className || element.tagName);
}
return [document.documentElement.scrollWidth - document.documentElement.clientWidth, wide];
"""
CLIPPED = """
const out = [];
for (const drawing of document.querySelectorAll(".drawing")) {
  const frame = drawing.closest(".card").getBoundingClientRect();
  for (const text of drawing.querySelectorAll("svg text")) {
    const box = text.getBoundingClientRect();
    const isSeen = getComputedStyle(text).opacity !== "0" && text.getAttribute("opacity") !== "0";
    if (box.width && isSeen && (box.right > frame.right + 1 || box.left < frame.left - 1)) out.push(text.textContent);
  }
}
return out;
"""
SCREEN = 900
A4_WIDTH = 688  # 210 mm without two margins of 14 mm, at 96 dots an inch
CUT_ON_PAPER = """
const cut = [];
for (const table of document.querySelectorAll("main table")) {
  if (!table.checkVisibility()) continue;
  const card = table.closest(".card").getBoundingClientRect();
  if (table.getBoundingClientRect().right > card.right) cut.push(table.closest(".scroll").ariaLabel);
  for (let around = table.parentElement; !around.matches(".card"); around = around.parentElement) {
    if (getComputedStyle(around).overflow !== "visible") cut.push(around.id || around.className);
  }
}
return cut;
"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("study", PAGES)
def test_nothing_breaks_and_nothing_is_asked_for(
    browser: Browser, pages: dict[str, Path], study: str, width: int
) -> None:
    browser.requests()
    browser.show(pages[study], width)
    assert browser.run("return document.documentElement.dataset.charts") == "drawn"
    browser.take_pictures(f"{study}-{width}")
    assert browser.complaints() == []
    asked = [address for address in browser.requests() if not address.startswith("data:")]
    assert {address.split("#")[0] for address in asked} == {pages[study].as_uri()}
    assert browser.run(OVERFLOWING) == [0, []]
    assert browser.run(CLIPPED) == []


@pytest.mark.parametrize("study", ["study", "study-record", "empty", "empty-record"])
def test_a_wide_screen_shows_tables_whole(browser: Browser, pages: dict[str, Path], study: str) -> None:
    browser.show(pages[study], 1280)
    browser.run("for (const details of document.querySelectorAll('details')) details.open = true")
    cut = browser.run(
        "return [...document.querySelectorAll('.scroll, #table-one-grid')].filter((one) => "
        "one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel ?? one.id)"
    )
    assert cut == []


def test_dark_mode_is_dark_and_the_charts_with_it(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["study"], 1280, is_dark=True)
    browser.take_pictures("study-1280-dark")
    colors = browser.run(
        "const text = document.querySelector('[data-chart=lab_crp] svg .role-axis-label text');"
        "return [getComputedStyle(document.body).backgroundColor, getComputedStyle(text).fill]"
    )
    assert max(_channels(colors[0])) < 60
    assert min(_channels(colors[1])) > 140


@pytest.mark.parametrize("study", PAGES)
def test_every_chart_has_something_to_tell(browser: Browser, pages: dict[str, Path], study: str) -> None:
    browser.show(pages[study], 1280)
    assert browser.run("return document.querySelectorAll('.chart').length") >= len(CHARTS_TO_POINT_AT[study])
    assert browser.run("return document.querySelectorAll('#tooltip[hidden]').length") == 1
    assert browser.run(WITHOUT_TOOLTIPS) == []


@pytest.mark.parametrize("study", PAGES)
def test_a_tooltip_appears_over_a_mark_and_goes(browser: Browser, pages: dict[str, Path], study: str) -> None:
    browser.show(pages[study], 1280)
    for chart in CHARTS_TO_POINT_AT[study]:
        host = browser.driver.find_element(By.CSS_SELECTOR, f"[data-chart={chart}]")
        browser.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", host)
        place = browser.run(
            "const mark = [...arguments[0].querySelectorAll('svg .role-mark > path')].filter((one) => one.__data__ && "
            "typeof one.__data__.tooltip === 'object' && one.__data__.tooltip).at(-1);"
            "const box = mark.getBoundingClientRect();"
            "return [box.left + box.width / 2, box.top + box.height / 2]",
            host,
        )
        mouse = ActionChains(browser.driver)
        mouse.w3c_actions.pointer_action.move_to_location(int(place[0]), int(place[1]))  # type: ignore[no-untyped-call]
        mouse.perform()
        tooltip = browser.driver.find_element(By.ID, "tooltip")
        assert tooltip.is_displayed(), chart
        assert tooltip.find_elements(By.TAG_NAME, "dt"), chart
        away = ActionChains(browser.driver)
        away.w3c_actions.pointer_action.move_to_location(2, 2)  # type: ignore[no-untyped-call]
        away.perform()
        assert not tooltip.is_displayed(), chart


@pytest.mark.parametrize("study", PAGES)
def test_every_entry_of_a_legend_hides_and_shows_something(
    browser: Browser, pages: dict[str, Path], study: str
) -> None:
    browser.show(pages[study], 1280)
    buttons = browser.driver.find_elements(By.CSS_SELECTOR, "[data-figure] .legend button")
    assert buttons
    for button in buttons:
        before = browser.run(COUNT_MARKS, button)
        for pressed, holds in (("false", operator.gt), ("true", operator.eq)):
            browser.run("arguments[0].click()", button)
            assert button.get_attribute("aria-pressed") == pressed
            _wait_for_marks(browser, button, partial(holds, before))


@pytest.mark.parametrize("study", ["study", "hostile"])
def test_a_legend_hides_and_shows_what_it_names(browser: Browser, pages: dict[str, Path], study: str) -> None:
    browser.show(pages[study], 1280)
    shown = "return document.querySelectorAll('[data-chart=lab_ferritin] svg .mark-symbol path').length"
    before = browser.run(shown)
    for series, others in (("responder", True), ("patients", False)):
        button = browser.driver.find_element(
            By.CSS_SELECTOR, f"[data-figure=labs] button[data-series={series}]"
        )
        browser.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", button)
        button.click()
        assert button.get_attribute("aria-pressed") == "false"
        hidden = browser.run(shown)
        assert 0 < hidden < before, others
        button.send_keys(Keys.SPACE)
        assert button.get_attribute("aria-pressed") == "true"
        assert browser.run(shown) == before


@pytest.mark.parametrize("study", PAGES)
def test_the_keyboard_reaches_everything(browser: Browser, pages: dict[str, Path], study: str) -> None:
    browser.show(pages[study], 1280)
    wanted = browser.run(
        "return [...document.querySelectorAll('a[href], button, summary, .chart, .scroll')].filter((one) => "
        "one.checkVisibility()).map((one, place) => (one.dataset.place = place))"
    )
    reached = set()
    body = browser.driver.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    for _ in range(len(wanted) + 20):
        place = browser.run("return document.activeElement.dataset.place ?? null")
        if place is not None:
            reached.add(int(place))
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
    assert reached == set(wanted)


@pytest.mark.parametrize("study", ["study-record", "hostile-record"])
def test_arrow_keys_read_the_marks_of_a_chart(browser: Browser, pages: dict[str, Path], study: str) -> None:
    browser.show(pages[study], 1280)
    chart = browser.driver.find_element(By.CSS_SELECTOR, "[data-chart=effects_odds_ratio]")
    browser.run("arguments[0].focus()", chart)
    chart.send_keys(Keys.ARROW_RIGHT)
    first = browser.driver.find_element(By.ID, "announcement").get_attribute("textContent") or ""
    chart.send_keys(Keys.ARROW_RIGHT)
    second = browser.driver.find_element(By.ID, "announcement").get_attribute("textContent") or ""
    assert "odds ratio: " in first
    assert first != second
    assert browser.driver.find_element(By.ID, "tooltip").is_displayed()
    chart.send_keys(Keys.ESCAPE)
    assert not browser.driver.find_element(By.ID, "tooltip").is_displayed()


def test_hostile_text_is_read_not_run(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["hostile"], 1280)
    assert browser.run("return document.images.length") == 0
    assert browser.run("return document.scripts.length") == 3
    assert "42 patients" in browser.driver.find_element(By.ID, "answer").text


def test_a_clinician_finishes_the_page(browser: Browser, pages: dict[str, Path]) -> None:
    """Eight screens of a laptop; the first has the answer, what flips it, and every claim under every choice."""
    browser.show(pages["study"], 1440, height=SCREEN)
    assert browser.run("return document.documentElement.scrollHeight") <= 8 * SCREEN
    ends = browser.run(
        "return ['#answer .words', '#answer .tiles', '[data-figure=specifications]'].map((one) => "
        "document.querySelector(one).getBoundingClientRect().bottom)"
    )
    assert max(ends) <= SCREEN
    said = browser.driver.find_element(By.CSS_SELECTOR, "#answer .words").text
    assert "these printed claims flip: Peak ICANS grade 4" in said


def test_the_clinician_s_page_takes_ten_sheets_at_most(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["study"], 1280)
    paper = {"printBackground": True, "preferCSSPageSize": True, "paperWidth": 8.27, "paperHeight": 11.69}
    printed = base64.b64decode(browser.driver.execute_cdp_cmd("Page.printToPDF", paper)["data"])
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 10


def test_a_number_says_how_it_is_traced(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["study"], 1440)
    cell = browser.driver.find_element(By.CSS_SELECTOR, "#table-one [data-trace]")
    browser.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", cell)
    line = browser.driver.find_element(By.ID, "traced")
    assert not line.is_displayed()
    cell.click()
    assert f"cartox trace STUDY {cell.get_attribute('data-trace')}" in line.text
    line.find_element(By.TAG_NAME, "button").click()
    assert not line.is_displayed()


def test_the_patients_of_every_fifth_day_stand_under_a_lab_curve(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.show(pages["study"], 1440)
    with duckdb.connect(str(pages["study"].parents[1] / "study.duckdb"), read_only=True) as connection:
        counted = connection.execute(
            "select n from results.daily_summaries where measure = 'crp' and study_day % 5 = 0 "
            "and study_group in ('responder', 'non_responder')"
        ).fetchall()
    drawn = browser.run(
        "return [...document.querySelectorAll('[data-chart=lab_crp] svg .mark-text.role-mark text')]"
        ".map((one) => one.textContent)"
    )
    assert sorted(drawn) == sorted(str(n) for (n,) in counted)


def test_it_prints_light_with_its_details_open(browser: Browser, pages: dict[str, Path]) -> None:
    browser.show(pages["study-record"], 1280, is_dark=True)
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.run("return document.querySelectorAll('details:not([open])').length") == 0
    browser.run("window.dispatchEvent(new Event('afterprint'))")
    assert browser.run("return document.querySelectorAll('details[open]').length") == 0
    browser.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"media": "print", "features": [{"name": "prefers-color-scheme", "value": "dark"}]},
    )
    assert min(_channels(browser.run("return getComputedStyle(document.body).backgroundColor"))) > 240
    assert max(_channels(browser.run("return getComputedStyle(document.body).color"))) < 80
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize(("study", "n_tables"), [("study", 3), ("study-record", 25)])
def test_paper_shows_all_that_a_table_holds(
    browser: Browser, pages: dict[str, Path], study: str, n_tables: int
) -> None:
    browser.show(pages[study], A4_WIDTH)
    browser.run("for (const details of document.querySelectorAll('details')) details.open = true")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert browser.run("return document.querySelectorAll('main table').length") >= n_tables
    assert browser.run(CUT_ON_PAPER) == []
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def _wait_for_marks(browser: Browser, button: WebElement, holds: Callable[[int], bool]) -> None:
    """Wait until the number of marks of the button's figure is as wanted."""
    WebDriverWait(browser.driver, 10, 0.05).until(
        lambda _: holds(browser.run(COUNT_MARKS, button)), f"legend entry {button.text}"
    )


def _channels(color: str) -> list[int]:
    return [int(float(part)) for part in color.split("(")[1].rstrip(")").replace(" ", "").split(",")[:3]]

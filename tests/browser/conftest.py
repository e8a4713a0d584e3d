"""The report in headless Chromium: run by `make browser`, not with the other tests."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from cartox.report.page import write_report
from tests.python.report.studies import (
    build_file,
    empty_the_cohort,
    land_hostile_study,
    land_study,
    make_every_text_hostile,
)
from tests.spec.compiled_project import PROJECT, CompiledProject

SCREENSHOTS = PROJECT / "browser-screenshots"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (1440, 1024, 390)
PATIENCE = 60


class Browser:
    """A browser window that remembers what it asked for and complained of."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def show(self, page: Path, width: int, *, is_dark: bool = False, height: int = 900) -> None:
        """Open a page and wait until its charts are drawn."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.driver.get(page.as_uri())
        WebDriverWait(self.driver, PATIENCE).until(
            lambda driver: driver.execute_script("return document.documentElement.dataset.charts")
        )

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *arguments)

    def complaints(self) -> list[str]:
        """Return what the console said since last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def requests(self) -> list[str]:
        """Return the addresses asked for since last asked."""
        messages = [
            json.loads(entry["message"])["message"]
            for entry in self.driver.get_log("performance")  # type: ignore[no-untyped-call]
        ]
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def take_pictures(self, name: str) -> None:
        """Save a screenshot of each section."""
        SCREENSHOTS.mkdir(exist_ok=True)
        boxes = self.run(
            "return [...document.querySelectorAll('.section')].map((section) => {"
            "const box = section.getBoundingClientRect();"
            "return [section.id, box.top + scrollY, innerWidth, box.height]})"
        )
        for place, (section, top, width, height) in enumerate(boxes):
            start = top if place else 0
            room = min(top + height - start, 4000)
            clip = {"x": 0, "y": start, "width": width, "height": room, "scale": 1}
            taken = self.driver.execute_cdp_cmd(
                "Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip}
            )
            picture = SCREENSHOTS / f"{name}-{place:02d}-{section}.png"
            picture.write_bytes(base64.b64decode(taken["data"]))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Debian's Chromium with a profile of its own."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.fail("chromium and chromedriver are needed: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    window = webdriver.Chrome(options=options, service=Service(driver))
    yield Browser(window)
    window.quit()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of the built-in study, of one without a cohort, and of one with hostile text in every field."""
    folder = tmp_path_factory.mktemp("pages")
    project = CompiledProject.compile(folder / "compiled")
    landing = land_study(folder)
    (folder / "hostile-input").mkdir()
    files = {
        "study": build_file(project, landing, folder / "study.duckdb"),
        "empty": empty_the_cohort(folder / "study.duckdb", landing, folder / "empty.duckdb"),
        "hostile": build_file(
            project, land_hostile_study(folder / "hostile-input"), folder / "hostile.duckdb"
        ),
    }
    make_every_text_hostile(files["hostile"])
    found = {}
    for name, file in files.items():
        with duckdb.connect(str(file), read_only=True) as connection:
            found[name] = write_report(connection, folder / name, with_pictures=name == "study")
            found[f"{name}-record"] = found[name].with_name("record.html")
    return found

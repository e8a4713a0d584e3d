"""The models' documentation in a browser: its content policy lets it open whole, and ask for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from cartox.progress import SilentProgress
from cartox.warehouse.documentation import publish_docs
from tests.browser.conftest import PATIENCE, Browser
from tests.python.warehouse.test_documentation import publish


@pytest.fixture(scope="session")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_docs(publish(tmp_path_factory.mktemp("documented"), "anakinra"), SilentProgress())


def test_a_model_its_columns_and_its_lineage_are_shown_under_the_policy(docs: Path, browser: Browser) -> None:
    browser.driver.get("about:blank")
    browser.complaints()
    browser.requests()
    browser.driver.get(f"{docs.as_uri()}#!/model/model.cartox.cohort?g_v=1")
    WebDriverWait(browser.driver, PATIENCE).until(
        lambda driver: "patient_id" in driver.find_element(By.TAG_NAME, "body").text
    )
    assert browser.driver.find_elements(By.TAG_NAME, "canvas")
    assert [said for said in browser.complaints() if "Content Security Policy" in said] == []
    assert [asked for asked in browser.requests() if not asked.startswith(("file:", "data:"))] == []

"""Reads a page as a browser would, so far as tests need it."""

from __future__ import annotations

import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any


def both(file: Path) -> tuple[Path, Path]:
    """Return the clinician's page and that of the record beside it."""
    return file, file.with_name("record.html")


class Page(HTMLParser):
    """Elements and attributes of a report's two pages, what stands in their paragraphs and scripts; `file` is the first."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.text = "".join(page.read_text(encoding="utf-8") for page in both(file))
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.readings: list[str] = []
        self.flow_texts: list[str] = []
        self.scripts: list[str] = []
        self._into: list[str] | None = None
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given = {name: value or "" for name, value in attrs}
        self.elements[tag] += 1
        self.attributes += [(tag, name, value) for name, value in given.items()]
        self._into = None
        if tag == "p" and given.get("class") == "reading":
            self._into = self.readings
        elif tag == "text":
            self._into = self.flow_texts
        elif tag == "script":
            self._into = self.scripts
        if self._into is not None:
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:
        """Close what was read."""
        if tag in ("p", "text", "script"):
            self._into = None

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if self._into is not None:
            self._into[-1] += data

    def section(self, name: str) -> str:
        """What both pages say of a section, as HTML."""
        return "".join(part.split("</section>")[0] for part in self.text.split(f'<section id="{name}"')[1:])

    def specs(self) -> dict[str, Any]:
        """The charts of both pages, each of which has three scripts."""
        return {name: spec for place in (0, 3) for name, spec in json.loads(self.scripts[place]).items()}

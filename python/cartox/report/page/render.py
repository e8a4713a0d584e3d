"""Renders the sections as one HTML page that needs nothing from outside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from cartox.content_policy import content_policy
from cartox.report.page.blocks import Block, Figure, Panel, Section, Spec, Tiles, Words
from cartox.report.page.study import Study, kept_together, sentence_case
from cartox.report.page.theme import DARK, LIGHT, page_spec
from cartox.synthetic_mark import SENTENCE

TEMPLATES = Path(__file__).with_name("templates")
PICTURE_FILES = [("png", "PNG"), ("svg", "SVG")]
UNSAFE_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def specs_of(blocks: Iterable[Block]) -> dict[str, Spec]:
    """Return the Vega-Lite specifications of the charts of these blocks by their names."""
    return {panel.name: page_spec(panel.spec) for panel in _panels(blocks)}


def _panels(blocks: Iterable[Block]) -> Iterator[Panel]:
    for block in blocks:
        if isinstance(block, Figure):
            yield from block.panels


def render_page(
    study: Study,
    sections: Sequence[Section],
    specs: Mapping[str, Spec],
    library: str,
    *,
    is_record: bool,
    with_pictures: bool,
) -> str:
    """Return the clinician's page or that of the record; `specs` are all charts for Vega by name, `library` is Vega as a script.

    Where it is `with_pictures`, each figure leads to its files as PNG and SVG beside the page.

    Texts of the records are escaped by the template; the charts' specifications stand in a script element
    that is no script; the page's policy lets the browser run its own two scripts, known by their hashes, and
    load nothing.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    parts = [(one, one.evidence if is_record else one.brief) for one in sections]
    parts = [(one, blocks) for one, blocks in parts if blocks]
    shown = {panel.name: specs[panel.name] for _, blocks in parts for panel in _panels(blocks)}
    environment.tests["block"] = lambda block, kind: type(block).__name__ == kind
    environment.filters["sentence_case"] = sentence_case
    environment.filters["kept_together"] = kept_together
    environment.filters["titles"] = _titles
    scripts = (_within_a_script(library), (TEMPLATES / "page.js").read_text(encoding="utf-8"))
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    return environment.get_template("page.html.j2").render(
        study=study,
        synthetic=SENTENCE if study.is_synthetic else "",
        parts=parts,
        behind=[one for one in sections if one.evidence],
        is_record=is_record,
        style=style.replace("/*light*/", _variables(LIGHT)).replace("/*dark*/", _variables(DARK)),
        scripts=scripts,
        policy=content_policy(scripts),
        specs=json_for_script(shown),
        picture_files=PICTURE_FILES if with_pictures else [],
    )


def json_for_script(value: object) -> str:
    """Return a value as JSON that cannot end the script element that holds it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escaped in UNSAFE_IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return text


def _titles(blocks: Sequence[Block]) -> str:
    return "; ".join(block.title for block in blocks if not isinstance(block, Tiles | Words))


def _within_a_script(script: str) -> str:
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _variables(colors: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in colors.items())

"""A patient's way as a page of its own, for the owner alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cartox.errors import UserError
from cartox.owner import for_owner
from cartox.trace.patient import PARTS
from cartox.trace.printing import shown
from cartox.trace.timeline import draw_timeline

TEMPLATES = Path(__file__).with_name("templates")


def write_patient_page(trace: dict[str, Any], file: Path) -> None:
    """Write the timeline and every part of a patient's trace into an HTML file that only its owner can read.

    Texts of the records are escaped, and the page loads nothing. Raises UserError where the file is a link or a
    folder, or where its folder is missing.
    """
    from jinja2 import Environment, FileSystemLoader

    if file.is_symlink() or file.is_dir() or not file.parent.is_dir():
        raise UserError(f"{file}: a file in a folder that exists is expected, and no link")
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["shown"] = shown
    page = environment.get_template("patient.html.j2").render(
        trace=trace, timeline=draw_timeline(trace), parts={part: trace[part] for part in PARTS}
    )
    with open(file, "w", encoding="utf-8", opener=for_owner) as output:
        output.write(page)

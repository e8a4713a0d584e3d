"""`python -m cartox.report.drawing`: draw charts, in a process of its own.

The drawing library aborts when memory runs out. Standard input is JSON: `charts`, the Vega-Lite specification of each picture
by the path of its files without an ending; `drawings`, SVG text likewise; `specs`, the specifications of the page's charts by
name; `plans`, the folder in which the script is kept, or null. Standard output is its progress, then a line of JSON: the
page's charts for Vega, and Vega itself as one script.
"""

import json
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert

from cartox.owner import owner_only
from cartox.piped_progress import PipedProgress
from cartox.progress import Progress
from cartox.warehouse.kept_plans import keep, kept

LIBRARY = "vl-convert-python"
DRAWN_AT_ONCE = 2
SCALE = 2.0
RESOLUTION = 192.0


def draw(charts: Mapping[str, Any], drawings: Mapping[str, str], progress: Progress) -> None:
    """Write each chart and drawing as SVG and PNG."""
    pictures = {Path(stem): svg for stem, svg in drawings.items()}
    n_steps = 2 * len(charts) + len(drawings)
    progress.advance("", 0, n_steps)
    for number, (stem, chart) in enumerate(charts.items(), start=1):
        pictures[Path(stem)] = vl_convert.vegalite_to_svg(chart)
        progress.advance(Path(stem).name, number, n_steps)
    with ThreadPoolExecutor(max_workers=DRAWN_AT_ONCE) as pool:
        written = pool.map(_write_picture, pictures.keys(), pictures.values())
        for number, picture in enumerate(written, start=len(charts) + 1):
            progress.advance(picture.name, number, n_steps)


def _write_picture(stem: Path, svg: str) -> Path:
    stem.with_suffix(".svg").write_text(svg, encoding="utf-8")
    stem.with_suffix(".png").write_bytes(vl_convert.svg_to_png(svg, scale=SCALE, ppi=RESOLUTION / SCALE))
    return stem


def chart_library(plans: Path | None) -> str:
    """Return Vega with its embedding as one script, from the installed package; bundled once for each version of it."""
    name = f"{LIBRARY}-{version(LIBRARY)}"
    script = kept(name, plans)
    if script is None:
        script = str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")).encode()
        keep(name, script, plans)
    return script.decode()


@owner_only()
def main() -> None:
    """Draw what standard input holds."""
    given = json.load(sys.stdin)
    draw(given["charts"], given["drawings"], PipedProgress(sys.stdout))
    specs = {name: vl_convert.vegalite_to_vega(spec) for name, spec in given["specs"].items()}
    plans = Path(given["plans"]) if given["plans"] else None
    sys.stdout.write(json.dumps({"specs": specs, "library": chart_library(plans)}) + "\n")


if __name__ == "__main__":
    main()

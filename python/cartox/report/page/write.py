"""Writes the report: the page, and its figures and tables as files beside it."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from cartox.checks.report import CheckReport
from cartox.owner import close_to_others, make_folder, owner_only
from cartox.progress import Progress, SilentProgress
from cartox.report.page.answer import answer_section
from cartox.report.page.blocks import Section
from cartox.report.page.claims import claims_section
from cartox.report.page.effects import effects_section
from cartox.report.page.era import era_section
from cartox.report.page.era_evidence import era_evidence_section
from cartox.report.page.export import FOLDERS, Pictures, write_files
from cartox.report.page.flow import flow_section
from cartox.report.page.grades import grades_section
from cartox.report.page.labs import labs_section
from cartox.report.page.methods import methods_section
from cartox.report.page.origin import origin_section
from cartox.report.page.outcomes import outcomes_section
from cartox.report.page.printed import printed_section
from cartox.report.page.record_quality import quality_section
from cartox.report.page.render import render_page, specs_of
from cartox.report.page.steroid_doses import steroids_section
from cartox.report.page.study import Study
from cartox.report.page.table_one import table_one_section
from cartox.report.page.univariable import univariable_section
from cartox.warehouse.apart import run_apart

PAGE, RECORD = "index.html", "record.html"


@owner_only()
def write_report(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    checks: CheckReport | None = None,
    progress: Progress | None = None,
    *,
    with_pictures: bool = True,
    plans: Path | None = None,
) -> Path:
    """Write the report of a published warehouse into `folder` and return the page's file.

    `index.html` is the clinician's page, `record.html` that of the record behind it: each leads to the other and needs no
    network and no file beside it. `figures/` holds the numbers of each
    chart as CSV and, `with_pictures`, the chart as PNG and SVG, which takes longer than all else; `tables/` each table as
    CSV, Table 1 and the methods as Word files too; all of it is for its owner alone. `connection` is open on a warehouse
    with marts and results and is only read; `checks` are what the run's checks said of it; `progress` is told of every
    picture; the page's script is kept in the folder `plans` for later pages.
    """
    study = Study.of(connection)
    sections = read_sections(study, checks)
    make_folder(folder)
    for part in (PAGE, RECORD, *FOLDERS):
        close_to_others(folder / part)
    pictures = write_files(study, sections, folder)
    if not with_pictures:
        pictures = Pictures({}, {})
    given = {
        "charts": pictures.charts,
        "drawings": pictures.drawings,
        "specs": specs_of(block for section in sections for block in section.blocks),
        "plans": None if plans is None else str(plans),
    }
    lines = run_apart(
        "the report",
        "cartox.report.drawing",
        progress=progress or SilentProgress(),
        text=json.dumps(given),
    )
    drawn = json.loads(lines[-1])
    for page in (PAGE, RECORD):
        text = render_page(
            study,
            sections,
            drawn["specs"],
            drawn["library"],
            is_record=page == RECORD,
            with_pictures=with_pictures,
        )
        (folder / page).write_text(text, encoding="utf-8")
    return folder / PAGE


def read_sections(study: Study, checks: CheckReport | None = None) -> list[Section]:
    """Read everything that the report says."""
    return [
        answer_section(study),
        flow_section(study),
        table_one_section(study),
        effects_section(study),
        claims_section(study),
        univariable_section(study),
        labs_section(study),
        grades_section(study),
        outcomes_section(study),
        steroids_section(study),
        era_section(study),
        era_evidence_section(study),
        printed_section(study),
        quality_section(study, checks),
        methods_section(study),
        origin_section(study),
    ]

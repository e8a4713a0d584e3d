"""The command that documents the models."""

import typer

from cartox.cli.shared import DEFAULT_WAREHOUSE, Quiet, Warehouse, print_line
from cartox.cli.study import StudyFolder, published
from cartox.cli.waiting import waiting

EXAMPLES_OF_DOCS = "Examples: cartox docs study\n\ncartox docs --warehouse crs/crs.duckdb"


def docs(
    context: typer.Context,
    folder: StudyFolder = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    quiet: Quiet = False,
) -> None:
    """Publish the models' documentation beside the report: pages that open offline.

    They show the lineage of every table and column from the raw files on, the meaning of every column and the SQL,
    and no row of any table.
    """
    from cartox.study import open_study, project_of
    from cartox.warehouse.documentation import publish_docs

    study = None if folder is None else open_study(folder)
    is_quiet = quiet or bool(context.obj)
    with waiting(is_quiet) as progress, project_of(study) as project:
        page = publish_docs(published(folder, warehouse), progress, project)
    if not is_quiet:
        print_line(f"Documentation: {page}")

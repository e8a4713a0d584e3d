"""What several commands share: their common options and the console."""

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

WIDTH_WITHOUT_TERMINAL = 100
DEFAULT_WAREHOUSE = Path("warehouse/cartox.duckdb")

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Warehouse = Annotated[
    Path, typer.Option("--warehouse", metavar="FILE", help="The published warehouse, a DuckDB file.")
]


def new_console() -> Console:
    """Return a console as wide as the terminal; where there is none, as wide as the summary's tables need."""
    console = Console()
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDTH_WITHOUT_TERMINAL
    return console


def print_line(line: str) -> None:
    """Print a line as it is, however long."""
    new_console().print(line, markup=False, highlight=False, soft_wrap=True)


def print_json(content: Any) -> None:
    """Print plain data as JSON, whatever the terminal, with every character as it is."""
    typer.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))

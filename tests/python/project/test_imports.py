"""Who may import whom in Python, and who reads which schema: written down here, and without a circle."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[3] / "python" / "cartox"

# From what stands on nothing to what stands on all. `errors` and `progress` are open to everybody.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "progress": set(),
    "cell_ids": set(),
    "content_policy": set(),
    "piped_progress": set(),
    "interruption": set(),
    "file_names": set(),
    "locked_database": set(),
    "owner": set(),
    "spreadsheets": set(),
    "synthetic_mark": set(),
    "terminal": set(),
    "transaction": set(),
    "yaml_file": set(),
    "statistics": set(),
    "project": set(),
    "audit": {"statistics", "terminal"},
    "intake": {"file_names", "locked_database", "owner", "project", "synthetic_mark", "yaml_file"},
    "synthetic": {"intake", "owner", "synthetic_mark"},
    "results": {"audit", "project", "statistics", "synthetic_mark", "transaction", "yaml_file"},
    "warehouse": {
        "content_policy", "intake", "interruption", "locked_database", "owner", "piped_progress", "project", "transaction",
        "yaml_file",
    },
    "checks": {"interruption", "owner", "piped_progress", "project", "terminal", "warehouse"},
    "report": {
        "cell_ids", "checks", "content_policy", "owner", "piped_progress", "spreadsheets", "synthetic_mark", "terminal",
        "warehouse",
    },
    "release": {"owner", "project", "report", "results", "spreadsheets", "statistics", "synthetic_mark", "warehouse"},
    "export": {"owner", "spreadsheets"},
    "dashboards": {"owner", "project"},
    "study": {"file_names", "intake", "owner", "project", "warehouse", "yaml_file"},
    "validation": {"intake", "locked_database", "owner", "spreadsheets", "study", "terminal", "warehouse"},
    "trace": {"cell_ids", "owner", "project", "terminal"},
    "difference": {"cell_ids", "locked_database", "project", "terminal", "trace", "warehouse", "yaml_file"},
    "pipeline": {
        "checks", "file_names", "intake", "interruption", "owner", "project", "report", "results", "study", "warehouse",
    },
    "specifications": {"results", "study", "warehouse"},
    "benchmark": {"intake", "owner", "project", "synthetic", "warehouse", "yaml_file"},
    "cli": {
        "audit", "benchmark", "checks", "dashboards", "difference", "export", "interruption", "pipeline", "project",
        "release", "report", "specifications", "study", "synthetic", "terminal", "trace", "validation", "warehouse",
    },
}  # fmt: skip
OPEN_TO_ALL = {"errors", "progress"}

# Which schemas the SQL of a package may name. Seeds are published; staging and intermediate are for dbt, and for the validation,
# which builds the models that judge records and nothing after them.
MAY_READ: dict[str, set[str]] = {
    "results": {"marts", "results", "seeds"},
    "report": {"marts", "results", "seeds"},
    "release": {"marts", "results", "seeds"},
    "export": {"results"},
    "specifications": {"marts", "seeds"},
    "validation": {"marts", "intermediate"},
    "trace": {"marts", "results", "seeds"},
    "difference": {"marts", "results"},
    "warehouse": {"results"},
    "benchmark": {"marts"},
}
SCHEMA = re.compile(r"\b(staging|intermediate|marts|results|seeds)\.[a-z_{]")


def part(path: Path) -> str:
    """The package or module directly below cartox that a file is of."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports() -> dict[str, set[str]]:
    """What each part imports, wherever in its files."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        found.setdefault(part(path), set()).update(imported(path.read_text(encoding="utf-8")) - {part(path)})
    return {name: parts for name, parts in found.items() if name != "__init__"}


def imported(source: str) -> set[str]:
    """The parts of cartox that a module imports; none for the bare package, which holds its version's text alone."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "cartox":
            names += [f"cartox.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            names.append(node.module or "")
    return {name.split(".")[1] for name in names if name.startswith("cartox.")}


def schemas(path: Path) -> set[str]:
    """The schemas that the SQL of a file names: of Python, in its texts but for those that document it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".sql":
        return set(SCHEMA.findall(text))
    tree = ast.parse(text)
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]
    return {schema for one in texts for schema in SCHEMA.findall(one)}


def test_nothing_is_imported_but_what_is_written_down() -> None:
    found = imports()
    assert {name: parts - OPEN_TO_ALL for name, parts in found.items()} == {
        name: MAY_IMPORT[name] for name in found
    }
    assert found.keys() == MAY_IMPORT.keys()


def test_what_is_written_down_has_no_circle() -> None:
    graph = {
        name: parts | (OPEN_TO_ALL - {name}) for name, parts in MAY_IMPORT.items() if name not in OPEN_TO_ALL
    }
    order = list(TopologicalSorter(graph).static_order())
    assert order[-1] == "cli"


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("from cartox import checks\nfrom cartox.report.page import x", {"checks", "report"}),
        ("def f():\n    import cartox.cli.app", {"cli"}),
        ("import cartox\nimport os", set()),
    ],
)
def test_an_import_is_seen_wherever_it_stands(source: str, parts: set[str]) -> None:
    assert imported(source) == parts


def test_nobody_reads_a_schema_but_those_written_down() -> None:
    found: dict[str, set[str]] = {}
    for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.sql")]:
        found.setdefault(part(path), set()).update(schemas(path))
    found = {name: read for name, read in found.items() if read}
    assert found == MAY_READ

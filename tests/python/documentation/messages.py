"""What the program can say, collected from its code and its models."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.spec.compiled_project import PROJECT

PACKAGE = PROJECT / "python" / "cartox"
ERRORS = ("UserError", "RunError", "NotAllowedError")
GAP = "…"
REASON = re.compile(r"'((?:missing|unknown|unreadable|implausible)_[a-z_]+)'")


def error_messages() -> dict[str, str]:
    """Every message of an error that the command line prints, its variable parts as `…`, with its file."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        if not any(f"{error}(" in code for error in ERRORS):
            continue  # to parse all of them takes a second
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                for argument in node.args:
                    text = _text(argument)
                    if text.replace(GAP, "").strip(" :;()"):
                        found[text] = str(path.relative_to(PACKAGE))
    return found


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return re.sub(f"{GAP}+", GAP, "".join(_text(part) for part in node.values))
    return GAP


def quarantine_and_null_reasons(manifest: Mapping[str, Any]) -> set[str]:
    """Every reason that the compiled record models can give for a record or a cell."""
    models = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and "/records/" in node["original_file_path"]
    ]
    return {reason for node in models for reason in REASON.findall(node.get("compiled_code") or "")}


def reader_reasons() -> Iterator[str]:
    """Every reason for which the readers reject a record."""
    for path in sorted((PACKAGE / "intake").glob("*_reader.py")):
        yield from re.findall(r'"([a-z]+_(?:record|byte|quotes))"', path.read_text(encoding="utf-8"))


def result_reasons(manifest: Mapping[str, Any]) -> set[str]:
    """Every reason for which a laboratory result is not used, as the compiled model names them."""
    return _reasons_of(manifest, "int_labs__usability")


def dose_reasons(manifest: Mapping[str, Any]) -> set[str]:
    """Every reason for which the texts of a row tell no dose, as the compiled model names them."""
    return _reasons_of(manifest, "int_exposure__read_doses")


def _reasons_of(manifest: Mapping[str, Any], model: str) -> set[str]:
    sql = manifest["nodes"][f"model.cartox.{model}"]["compiled_code"]
    return set(re.findall(r"(?:then|else) '([a-z_]+)'", sql))


@cache
def model_reasons(target: Path) -> frozenset[str]:
    """Every reason that the models that dbt compiled into `target` can write into a column of reasons."""
    compiled = [path.read_text(encoding="utf-8") for path in (target / "compiled").rglob("models/**/*.sql")]
    return frozenset(reason for sql in compiled for reason in _written_reasons(sql))


def _written_reasons(sql: str) -> Iterator[str]:
    """What stands right before `as <...reason>`: a literal, or the branches of the case that ends there."""
    yield from re.findall(r"'([a-z0-9_ ]+)' as (?:[a-z_]*reason|[a-z_]*because)\b", sql)
    opened: list[int] = []
    for word in re.finditer(r"\bcase\b|\bend\b(?P<alias>[\s)]+as [a-z_]*(?:reason|because)\b)?", sql):
        if word[0].startswith("case"):
            opened.append(word.start())
        elif opened:
            start = opened.pop()
            if word["alias"]:
                yield from re.findall(
                    r"\b(?:then|else) (?:coalesce[(][a-z_]+, )?'([a-z0-9_ ]+)'", sql[start : word.start()]
                )


def seed_reasons() -> set[str]:
    """Every reason that a seed names, in its column reason or review_reason."""
    return {
        row[column]
        for path in sorted((PROJECT / "seeds").rglob("*.csv"))
        for row in csv.DictReader(path.open(encoding="utf-8", newline=""))
        for column in ("reason", "review_reason")
        if row.get(column)
    }

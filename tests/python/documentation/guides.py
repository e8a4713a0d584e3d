"""Follow a guide as its reader does: type every command of its `sh` and `console` blocks and compare what is shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHAINS = {
    "guides": ("docs/bring_your_own_data.md", "docs/define_your_own_study.md", "docs/operations.md"),
    "omop guide": ("docs/omop.md",),
    "workbook guide": ("docs/workbook.md",),
}
"""By worker of the tests: each guide goes on from the one before in its chain."""

GUIDES = tuple(guide for chain in CHAINS.values() for guide in chain)

# What tests/python/study and tests/python/install type in folders of their own; export, synth and bench have tests of their own,
# and `make spark` runs what needs Spark.
TYPED_ELSEWHERE = {
    "cartox init demo --example",
    "pip install cartox-*.whl",
    "python3 -m venv cartox",
    "cartox/bin/pip install cartox-*.whl",
    "cartox init study --example",
    "cartox validate study",
    "cartox run study",
    "cartox run studies/tocilizumab_for_crs",
    "cartox audit table1.docx --letter letter.md",
    "cartox audit figures.csv --json > verdicts.json",
    "cartox audit --template > figures.csv",
    "python tests/compare_builds.py main --extract demo/extract",
    "cartox trace study baseline_crp responder median",
    "cartox trace study crp_median_responders --json",
    "cartox trace study --patient CTX-0186",
    "cartox trace study --patient CTX-0186 --page patient.html",
    "cartox reviews study --reason inotrope",
    "cartox diff study last_year.duckdb",
    "cartox export my_study --ard ard.csv --summarised-result result.csv",
    "cartox export my_study --superset dashboard.zip --metabase dashboard.json",
    "cartox synth registry --patients 100000 --parquet",
    "cartox bench --patients 1000 --repeats 3 --csv bench.csv",
    "cartox bench --patients 10000 --only 'lab path' --only floor",
    "pip install 'cartox[spark]'",
    "cartox run my_study --engine spark",
    "CARTOX_LANDING=/data/landing CARTOX_SPARK_TABLES=/data/tables dbt build --target spark",
}

BLOCK = re.compile(r"^```(sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A command with the lines that the guide shows under it, what it printed, and its exit code.

    `expected_code` is what a following `$ echo $?` shows, else 0.
    """

    command: str
    shown: tuple[str, ...]
    printed: tuple[str, ...]
    code: int
    expected_code: int


Followed = tuple[Step, ...]


def commands(guide: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every command of a guide with the output that stands under it; a block of shell is one command."""
    for language, block in BLOCK.findall(guide.read_text(encoding="utf-8")):
        if language == "sh":
            yield block, ()
            continue
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            yield command, tuple(line.rstrip() for line in shown if line.strip())


def follow(guide: Path, folder: Path) -> Followed:
    """Type every command of a guide in `folder`, but for those that another test types."""
    typed = [(command, shown) for command, shown in commands(guide) if command not in TYPED_ELSEWHERE]
    steps = []
    for place, (command, shown) in enumerate(typed):
        if command == "echo $?":
            continue
        after = typed[place + 1] if place + 1 < len(typed) else ("", ())
        expected = int(after[1][0]) if after[0] == "echo $?" else 0
        done = subprocess.run(
            ["bash", "-e", "-c", command], cwd=folder, env=_environment(folder), check=False,
            capture_output=True, stdin=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        printed = tuple(line.rstrip() for line in (done.stderr + done.stdout).splitlines() if line.strip())
        steps.append(Step(command, shown, printed, done.returncode, expected))
    return tuple(steps)


def missing_lines(step: Step) -> list[str]:
    """The lines that the guide shows and the command did not print, in this order; `...` stands for anything."""
    missing = []
    rest = list(step.printed)
    for line in step.shown:
        if line == "...":
            continue
        pattern = re.compile(".*".join(re.escape(part) for part in line.split("...")))
        place = next((number for number, printed in enumerate(rest) if pattern.fullmatch(printed)), None)
        if place is None:
            missing.append(line)
        else:
            rest = rest[place + 1 :]
    return missing


def _environment(folder: Path) -> dict[str, str]:
    kept = {
        key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR", "CARTOX_DEBUG")
    }
    programs = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    return kept | {"CARTOX_LANDING": str(folder / "landing"), "PATH": programs}

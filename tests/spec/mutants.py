"""How many wrong changes of the clinical SQL do the cases notice? (`make mutants`)

Every mutation of the grading, response, exposure, laboratory, score and mortality models is built over the cases, with all that
reads the model. One that no case notices survives: a case is missing, or the change alters nothing whatever the records say, and
then `equivalent_mutants.yml` says why.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import yaml
from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.spec.compiled_project import PROJECT, CompiledProject
from tests.spec.laboratory import Laboratory, Verdict

FOLDERS = (
    "intermediate/terminology",
    "intermediate/treated",
    "intermediate/toxicity",
    "intermediate/exposure",
    "intermediate/labs",
    "intermediate/cohort",
    "intermediate/disease",
    "intermediate/scores",
    "marts/cohort",
    "marts/exposure",
    "marts/labs",
    "marts/mortality",
    "marts/quality",
    "marts/scores",
)
# Who is in, and counts of records, of patients and of whole cohorts: no rule of one patient, and tested where they are made.
EXCLUSIONS = "int_exclusions__"
COUNTS = ("cohort_attrition", "era_mortality", "nulled_values", "quarantined_records", "record_conservation")
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.yml")
LEAST_KILLED = 0.9
OUTCOMES = ("killed", "failed", "survived", "equivalent", "invalid")

Reasons = Mapping[str, Mapping[str, str]]


def clinical_models() -> list[str]:
    """The models whose SQL is changed."""
    stems = {path.stem for folder in FOLDERS for path in (PROJECT / "models" / folder).glob("*.sql")}
    return sorted(stem for stem in stems - set(COUNTS) if not stem.startswith(EXCLUSIONS))


def equivalent_mutants() -> Reasons:
    """Model, mutation and the reason why it changes nothing."""
    return dict(yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or {})


@cache
def _laboratory(target: Path) -> Laboratory:
    return Laboratory(target)


def _examine(target: Path, model: str) -> list[Verdict]:
    return list(_laboratory(target).examine(model))


def main() -> int:
    """Try every mutation and print what survived; return 1 where the list of reasons is not exact or too few were killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="*", help="only these models")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    console, started = Console(width=160), time.monotonic()
    models = arguments.models or clinical_models()
    # A forked process would inherit DuckDB's locks without the threads that hold them.
    afresh = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        CompiledProject.compile(Path(folder))
        with ProcessPoolExecutor(arguments.processes, afresh) as pool:
            futures = [pool.submit(_examine, Path(folder), model) for model in models]
            verdicts = [
                verdict
                for future in track(futures, "Changing the SQL", console=console)
                for verdict in future.result()
            ]
    code = report(verdicts, models, equivalent_mutants(), console)
    console.print(f"in {(time.monotonic() - started) / 60:.1f} minutes")
    return code


def judged(verdicts: Sequence[Verdict], reasons: Reasons) -> list[Verdict]:
    """The verdicts, a survivor with a reason being equivalent."""
    return [
        Verdict(v.model, v.what, "equivalent")
        if v.outcome == "survived" and v.what in reasons.get(v.model, {})
        else v
        for v in verdicts
    ]


def idle_reasons(verdicts: Sequence[Verdict], models: Sequence[str], reasons: Reasons) -> list[str]:
    """What is listed as changing nothing and yet is killed, or is no mutation of the model any more."""
    outcomes = {(v.model, v.what): v.outcome for v in verdicts}
    found = [
        f"{model}: {what}: {outcomes.get((model, what), 'no such mutation')}"
        for model in models
        for what in reasons.get(model, {})
        if outcomes.get((model, what)) != "survived"
    ]
    return found + [f"{model}: no such model" for model in reasons if model not in clinical_models()]


def report(verdicts: Sequence[Verdict], models: Sequence[str], reasons: Reasons, console: Console) -> int:
    """Print the counts of each model, the survivors and the idle reasons, and return the exit code."""
    found = judged(verdicts, reasons)
    table = Table("model", *OUTCOMES, title="Mutants")
    for model in models:
        table.add_row(model, *(str(_count(found, outcome, model)) for outcome in OUTCOMES))
    console.print(table)
    for survivor in (v for v in found if v.outcome == "survived"):
        console.print(f"survived: {survivor.model}: {survivor.what}", markup=False, soft_wrap=True)
    idle = idle_reasons(verdicts, models, reasons)
    for reason in idle:
        console.print(f"listed without need: {reason}", markup=False, soft_wrap=True)
    by_case, failed, survived, equivalent = (_count(found, outcome) for outcome in OUTCOMES[:4])
    killed = by_case + failed
    tried = killed + survived + equivalent
    share = killed / tried if tried else 0.0
    console.print(
        f"{tried} mutants, {killed} killed ({share:.1%}; {failed} of them by an error or because they never end), "
        f"{equivalent} change nothing, {survived} survived"
    )
    return int(survived > 0 or bool(idle) or share < LEAST_KILLED)


def _count(verdicts: Sequence[Verdict], outcome: str, model: str | None = None) -> int:
    return sum(v.outcome == outcome and model in (None, v.model) for v in verdicts)


if __name__ == "__main__":
    sys.exit(main())

"""How many wrong changes of the clinical SQL do the cases notice? (`make mutants`)

Every mutation of the grading, response, exposure, laboratory, score and mortality models is built over the cases, with all that
reads the model. One that no case notices survives: a case is missing, or the change alters nothing whatever the records say, and
then `equivalent_mutants.yml` says why. It takes long over everything: `--rooms`, `--since` and `--minutes` make slices, and
what a slice reached is kept until the project changes.
"""

from __future__ import annotations

import argparse
import multiprocessing
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from rich.console import Console
from rich.table import Table

from cartox.yaml_file import read_yaml
from tests.spec import laboratories
from tests.spec.compiled_project import PROJECT
from tests.spec.kept_verdicts import KeptVerdicts, fingerprint
from tests.spec.laboratory import Verdict

FOLDERS = (
    "intermediate/terminology",
    "intermediate/treated",
    "intermediate/toxicity",
    "intermediate/exposure",
    "intermediate/labs",
    "intermediate/cohort",
    "intermediate/disease",
    "intermediate/omop",
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
KEPT = PROJECT / ".mutants"
LEAST_KILLED = 0.95
OUTCOMES = ("killed", "failed", "survived", "equivalent", "invalid")

Reasons = Mapping[str, Mapping[str, str]]


def clinical_models(rooms: Sequence[str] = ()) -> list[str]:
    """The models whose SQL is changed, of these rooms or of all."""
    unknown = set(rooms) - {folder.split("/")[1] for folder in FOLDERS}
    if unknown:
        raise SystemExit(f"no such room: {', '.join(sorted(unknown))}")
    folders = [folder for folder in FOLDERS if not rooms or folder.split("/")[1] in rooms]
    stems = {path.stem for folder in folders for path in (PROJECT / "models" / folder).glob("*.sql")}
    return sorted(stem for stem in stems - set(COUNTS) if not stem.startswith(EXCLUSIONS))


def changed_since(revision: str) -> set[str]:
    """The models whose file differs from a revision's."""
    asked = ["git", "diff", "--name-only", revision, "--", "models"]
    files = subprocess.run(asked, check=True, cwd=PROJECT, capture_output=True, text=True).stdout
    return {Path(file).stem for file in files.splitlines() if file.endswith(".sql")}


def equivalent_mutants() -> Reasons:
    """Model, mutation and the reason why it changes nothing."""
    return dict(read_yaml(EQUIVALENT) or {})


def main() -> int:
    """Try every mutation and print what survived; return 1 where the list of reasons is not exact or too few were killed."""
    arguments = _asked()
    console, started = Console(width=160), time.monotonic()
    models = arguments.models or clinical_models(arguments.rooms)
    if arguments.since:
        models = [model for model in models if model in changed_since(arguments.since)]
    kept = KeptVerdicts(KEPT, fingerprint())
    if left := [model for model in models if kept.of(model) is None]:
        examine(left, kept, arguments.processes, arguments.minutes * 60)
    found = {model: verdicts for model in models if (verdicts := kept.of(model)) is not None}
    code = report(
        [v for verdicts in found.values() for v in verdicts], list(found), equivalent_mutants(), console
    )
    console.print(
        f"in {(time.monotonic() - started) / 60:.1f} minutes; {len(models) - len(found)} models are left"
    )
    return code


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="*", help="only these models")
    parser.add_argument("--rooms", nargs="*", default=(), help="only the models of these rooms, such as labs")
    parser.add_argument(
        "--since", metavar="REVISION", help="only models that differ from this revision of git"
    )
    parser.add_argument(
        "--minutes", type=float, default=float("inf"), help="begin no model after so many minutes"
    )
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def examine(models: Sequence[str], kept: KeptVerdicts, processes: int, seconds: float) -> None:
    """Try the mutations of these models and keep what is found, as far as the time allows."""
    # A forked process would inherit DuckDB's locks without the threads that hold them.
    afresh = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        laboratories.compile_for(models, Path(folder))
        with ProcessPoolExecutor(processes, afresh) as pool:
            futures = {pool.submit(laboratories.examine, model, Path(folder)): model for model in models}
            try:
                for future in as_completed(futures, None if seconds == float("inf") else seconds):
                    kept.keep(futures[future], future.result())
            except TimeoutError:
                pool.shutdown(wait=True, cancel_futures=True)
                for future, model in futures.items():
                    if future.done() and not future.cancelled():
                        kept.keep(model, future.result())


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
    share = killed / tried if tried else 1.0
    console.print(
        f"{tried} mutants, {killed} killed ({share:.1%}; {failed} of them by an error or because they never end), "
        f"{equivalent} change nothing, {survived} survived"
    )
    return int(survived > 0 or bool(idle) or share < LEAST_KILLED)


def _count(verdicts: Sequence[Verdict], outcome: str, model: str | None = None) -> int:
    return sum(v.outcome == outcome and model in (None, v.model) for v in verdicts)


if __name__ == "__main__":
    sys.exit(main())

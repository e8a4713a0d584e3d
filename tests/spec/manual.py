"""Makes the pages of the manual from the tables of cases: what a clinician reads is what is tested.

Run `make manual` after a change to a rule; a test fails while a page is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.spec.cases import RULES, Case, Rule, read_rules
from tests.spec.coverage import tagged_rules, topics
from tests.spec.not_yet import is_held, not_yet

PAGES = Path(__file__).resolve().parents[2] / "docs" / "rules"
INDEX = "README.md"
COVERAGE = "coverage.md"
NOT_YET = not_yet()


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """File name and text of every page, the index among them."""
    made = {f"{rule.rule}.md": page(rule) for rule in rules}
    return {INDEX: index(rules), COVERAGE: coverage(rules), **made}


def index(rules: Sequence[Rule]) -> str:
    """The page that leads to the others."""
    rows = [[f"[{rule.title}]({rule.rule}.md)", str(len(rule.cases))] for rule in rules]
    n_cases = sum(len(rule.cases) for rule in rules)
    n_unheld = sum(not is_held(case, NOT_YET) for rule in rules for case in rule.cases)
    return "\n".join(
        [
            "# The clinical rules",
            "",
            "Each page states a rule in words, cites its source and shows the cases that hold it: raw rows in, the row of a mart",
            "out. The cases are run through the warehouse's own models at every test. `D2 08:00` is eight o'clock on the second",
            "day after the day of infusion; the patient of a case was infused on `D0 12:00` unless the case says otherwise.",
            "",
            *_table(["rule", "cases"], rows),
            "",
            f"{n_cases} cases in all, {n_cases - n_unheld} of them held; the other {n_unheld}, marked *not yet so*, say what the",
            f"models are to do and do not do yet. [What is held, and what is not]({COVERAGE}) lists every rule of the field,",
            "those without a case with the reason.",
            "",
        ]
    )


def coverage(rules: Sequence[Rule]) -> str:
    """The page that says of every rule which cases hold it, or why none does."""
    titles = {rule.rule: rule.title for rule in rules}
    lines = [
        "# What is held, and what is not",
        "",
        "Every rule of the field that the warehouse was asked to hold, with the page whose cases fail when it is broken, or the",
        "reason why it has none.",
    ]
    for topic, title in topics().items():
        of_topic = [rule for rule in tagged_rules() if rule.topic == topic]
        held = [
            [
                rule.rule,
                "<br>".join(f"[{titles[file]}]({file}.md)" for file in rule.held_by)
                or f"*no case:* {rule.reason}",
            ]
            for rule in of_topic
        ]
        lines += ["", f"## {title}", "", *_table(["rule", "held by"], held)]
    return "\n".join([*lines, ""])


def page(rule: Rule) -> str:
    """The page of one rule."""
    lines = [f"# {rule.title}", "", rule.text.strip(), "", "Sources:", ""]
    lines += [f"- {source}" for source in rule.sources]
    if rule.background:
        lines += ["", "Every case starts from these rows:", "", *_rows_in_words(rule.background)]
    lines += ["", f"## Cases, as `{rule.model}` shows them", ""]
    background = {entity: list(rows) for entity, rows in rule.background.items()}
    lines += _table(
        ["case", "raw rows", "expected"],
        [[_named(case), _given(case, background), _expected(case, rule)] for case in rule.cases],
    )
    return "\n".join([*lines, ""])


def _named(case: Case) -> str:
    return case.name if is_held(case, NOT_YET) else f"{case.name} (*not yet so*)"


def _given(case: Case, background: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    own = {entity: rows[len(background.get(entity, ())) :] for entity, rows in case.given.items()}
    return "<br>".join(_by_kind(own)) or "nothing more"


def _by_kind(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    for entity, entity_rows in rows.items():
        if entity_rows:
            yield f"*{entity.replace('_', ' ')}*"
            yield from (f"• {_cells(row)}" for row in entity_rows)


def _rows_in_words(rows: Mapping[str, Sequence[Mapping[str, Any]]], bullet: str = "- ") -> list[str]:
    return [
        f"{bullet}{entity.replace('_', ' ')}: {_cells(row)}"
        for entity, entity_rows in rows.items()
        for row in entity_rows
    ]


def _expected(case: Case, rule: Rule) -> str:
    where = "" if case.model == rule.model else f"in `{case.model}`"
    if not case.expect:
        return "nothing"
    bullet = "• " if len(case.expect) > 1 else ""
    rows = [f"{bullet}{_expected_row(row)}" for row in case.expect]
    return "<br>".join([where, *rows] if where else rows)


def _expected_row(row: Mapping[str, Any]) -> str:
    cells = _cells(row, omit=("absent",))
    if not row.get("absent"):
        return cells
    return f"no row with {cells}" if cells else "no row"


def _cells(row: Mapping[str, Any], omit: Iterable[str] = ()) -> str:
    return ", ".join(f"{column} {_shown(value)}" for column, value in row.items() if column not in omit)


def _shown(value: Any) -> str:
    if value is None:
        return "null"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines]


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "\\|")


def write(folder: Path = PAGES) -> None:
    """Write every page and remove those of rules that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages(read_rules(RULES))
    for stale in {path.name for path in folder.glob("*.md")} - made.keys():
        (folder / stale).unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()

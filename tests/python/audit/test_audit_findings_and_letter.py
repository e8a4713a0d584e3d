"""One finding for one cause, its weight, the letter, and what the audit could not have seen."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from docx import Document
from rich.console import Console

from cartox.audit import run_audit
from cartox.audit.conventions.rules import StatedRules
from cartox.audit.findings.finding import findings_of
from cartox.audit.findings.sensitivity import one_digit_errors, shares_noticed
from cartox.audit.findings.verdicts import Weight
from cartox.audit.rounding import whole_counts
from cartox.errors import UserError
from tests.python.audit.audited_lines import HEADER, AuditLines


def test_five_percentages_that_all_fit_32_are_one_finding(audit: AuditLines) -> None:
    """3, 8, 13, 20 and 29 of 32; printed for 42 patients."""
    shares = [f"{100 * count / 32:.1f}" for count in (3, 9, 13, 21, 29)]
    lines = [f"f{k},cohort,thing {k},all,percent,{share},,,42,%" for k, share in enumerate(shares)]
    alarmed = audit(*lines)
    findings = findings_of(list(alarmed.values()))
    assert len(findings) == 1
    assert "n = 32" in findings[0].fits[0]
    assert set(findings[0].figures) == {name for name, one in alarmed.items() if one.claims}


def test_percentages_without_a_common_number_stay_apart(audit: AuditLines) -> None:
    lines = ["a,cohort,x,all,percent,42.6,,,42,%", "b,cohort,y,all,percent,41.46,,,42,%"]
    assert len(findings_of(list(audit(*lines).values()))) == 2


def test_findings_come_by_weight(audit: AuditLines) -> None:
    found = audit(
        "q,cohort,q,all,percent,41.5,,,,%",
        "n,cohort,patients,all,count,42,,,,patients",
        "l,base,l,some,percent,66.6,,28,42,%",
        "s,base,s,others,percent,58.5,,24,42,%",
    )
    weights = [finding.weight for finding in findings_of(list(found.values()))]
    assert weights == sorted(weights, key=list(Weight).index)
    assert {Weight.SUBSTANCE, Weight.LAST_DIGIT} <= set(weights)


def test_the_share_of_noticed_errors_is_that_of_trying_each(audit: AuditLines) -> None:
    (one,) = audit("a,cohort,x,all,percent,54.8,,,42,%").values()
    errors = one_digit_errors(one.figure)
    assert len(errors) == 27
    noticed = sum(
        not 0 <= error.reported <= 100 or not whole_counts(error.reported, 1, 42) for error in errors
    )
    assert shares_noticed([one], StatedRules()) == {"a": noticed / 27}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "figures.csv"
    lines = ["a,cohort,x,all,percent,42.6,,,42,%", "b,cohort,<i>y*|_,all,percent,66.6,,28,42,%"]
    path.write_text("\n".join([HEADER, *lines]))
    return path


def test_the_letter_is_written_as_markdown_and_word(table: Path, tmp_path: Path) -> None:
    for name in ("letter.md", "letter.docx"):
        run_audit(table, False, Console(file=StringIO(), width=200), tmp_path / name)
    text = (tmp_path / "letter.md").read_text()
    document = Document(str(tmp_path / "letter.docx"))
    word = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for part in (
        "What cannot be as printed",
        "Last digits",
        "No whole count of 42 prints as 42.6 %.",
        "To check: ",
    ):
        assert part in text
        assert part in word
    assert text.index("42.6") < text.index("66.6")
    assert [row.cells[0].text for row in document.tables[0].rows] == [
        "item",
        "4.4",
        "4.6",
        "4.8",
        "4.9",
        "4.10",
    ]
    assert "&lt;i>y\\*" in text


def test_json_has_findings_with_their_item(table: Path) -> None:
    console = Console(file=StringIO(), width=40)
    run_audit(table, True, console)
    document = json.loads(console.file.getvalue())  # type: ignore[attr-defined]
    assert [one["weight"] for one in document["figures"]] == ["substance", "last digit"]
    assert all(0 <= one["noticed"] <= 1 for one in document["figures"])
    assert document["findings"][0]["inspect_sr"]["item"] == "4.9"
    assert {"weight", "figures", "printed", "says", "tried", "fits", "check"} <= document["findings"][
        0
    ].keys()


def test_a_letter_of_another_kind_is_refused(table: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.md or \.docx"):
        run_audit(table, False, Console(file=StringIO()), tmp_path / "letter.pdf")

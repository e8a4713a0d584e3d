"""Tables that cannot be read, and the forms the audit takes."""

from __future__ import annotations

import json
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from cartox.audit import FigureAudit, as_json, as_table, audit_figures, run_audit
from cartox.errors import UserError
from tests.python.audit.audited_lines import HEADER, AuditLines

GOOD = "a,cohort,patients,all,count,42,0,,,patients"


def refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(UserError) as error:
        audit_figures(path)
    message = str(error.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message.removeprefix(str(path))


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("a,s,d,g,count,SECRET,0,,,u", "reported"),
        ("a,s,d,g,count,,0,,,u", "reported"),
        ("a,s,d,g,count,nan,0,,,u", "reported"),
        ("a,s,d,g,count,1_0,0,,,u", "reported"),
        ("a,s,d,g,p_value,0.0165,3,,,u", "decimals"),
        ("a,s,d,g,p_value,0.01,-1,,,u", "decimals"),
        ("a,s,d,g,percent,50,0,1.5,,u", "numerator"),
        ("a,s,d,g,percent,50,0,,x,u", "denominator"),
        (",s,d,g,percent,50,0,,,u", "figure_id"),
        ("a,s,d,g,,50,0,,,u", "statistic"),
        ("first,s,d,g,percent,50,0,,,u", "figure_id"),
    ],
)
def test_a_bad_cell_is_named_and_not_repeated(tmp_path: Path, cells: str, column: str) -> None:
    message = refused(tmp_path / "f.csv", f"{HEADER}\nfirst{GOOD[1:]}\n\n{cells}\n".encode())
    assert f"column {column}, row 4" in message
    assert "SECRET" not in message


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    content = f"{HEADER.replace('statistic', 'stat')}\n{GOOD}\n".encode()
    assert "column statistic is missing" in refused(tmp_path / "f.csv", content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEADER.encode(),
        f"{HEADER}\n{GOOD},more\n".encode(),
        f"{HEADER}\n\xff".encode("latin-1"),
        f'{HEADER}\n"a'.encode(),
    ],
    ids=["empty", "no figure", "ragged", "not UTF-8", "unclosed quote"],
)
def test_an_unreadable_table_is_refused(tmp_path: Path, content: bytes) -> None:
    refused(tmp_path / "f.csv", content)


def test_a_missing_file_is_a_mistake_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        audit_figures(tmp_path / "nothing.csv")
    with pytest.raises(UserError):
        audit_figures(tmp_path)


def test_headers_are_matched_by_name(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    names, cells = [name.upper() for name in HEADER.split(",")], GOOD.split(",")
    path.write_bytes(
        (
            "\ufeff" + ",".join(["note", *names[::-1]]) + "\r\n" + ",".join(["x", *cells[::-1]]) + "\r\n"
        ).encode()
    )
    (one,) = audit_figures(path)
    assert (one.figure.figure_id, one.figure.printed) == ("a", "42")


def test_decimals_restore_the_zeros_a_spreadsheet_dropped(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(f"{HEADER}\na,s,d,all,percent,50,1,,41,%\nb,s,e,all,percent,50,0,,41,%\n")
    assert [str(one.verdict) for one in audit_figures(path)] == ["impossible", "impossible"]
    path.write_text(f"{HEADER}\na,s,d,all,percent,50,1,,201,%\nb,s,e,all,percent,50,0,,201,%\n")
    assert [str(one.verdict) for one in audit_figures(path)] == ["impossible", "consistent"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(data=st.data())
def test_a_mutilated_table_is_audited_or_refused(
    tmp_path: Path, study_figures: Path, data: st.DataObject
) -> None:
    lines = study_figures.read_text().splitlines()
    cells = lines[data.draw(st.integers(1, len(lines) - 1))].split(",")
    place = data.draw(st.integers(0, len(cells) - 1))
    cells[place] = data.draw(
        st.one_of(st.text(max_size=6), st.sampled_from(["0", "-1", "1", "99999999", "0.5", "p_value"]))
    )
    path = tmp_path / "f.csv"
    path.write_text("\n".join([*lines[:1], *lines[40:], ",".join(cells)]), encoding="utf-8")
    with suppress(UserError):
        json.dumps(as_json(audit_figures(path)), allow_nan=False)


def study(study_figures: Path) -> list[FigureAudit]:
    return audit_figures(study_figures)


def test_json_has_one_object_per_figure_in_the_tables_order(study_figures: Path) -> None:
    console = Console(file=StringIO(), width=40)
    run_audit(study_figures, True, console)
    document = json.loads(console.file.getvalue())  # type: ignore[attr-defined]
    assert set(document) == {"figures", "findings"}
    objects = document["figures"]
    names = [line.split(",")[0] for line in study_figures.read_text().splitlines()[1:]]
    assert [one["figure_id"] for one in objects] == names
    assert all({"figure_id", "verdict", "readings", "weight"} <= one.keys() for one in objects)


def test_json_says_u_and_group_sizes(audit: AuditLines) -> None:
    found = audit(
        "x,lab,CRP,ill,median,73,,,3,", "y,lab,CRP,well,median,12,,,4,", "p,lab,CRP,both,p_value,0.057,,,,"
    )
    (reading, *_) = as_json([found["p"]])[0]["readings"]
    assert reading["convention"] == "exact conditional"
    assert reading["u"] == {"study_group": "ill", "low": 12, "high": 12, "may_mirror": False}
    assert [group["size"] for group in reading["groups"]] == [3, 4]
    assert reading["value_low"] == pytest.approx(2 / 35)


def test_table_shows_every_figure_and_its_reason(study_figures: Path) -> None:
    console = Console(file=StringIO(), width=240)
    run_audit(study_figures, False, console)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert as_table(study(study_figures)).row_count == 67
    assert "No whole count of 42 prints as 42.6 %." in text
    assert "rule not followed" in text
    assert "247 of 11 x 30" in text

"""Every named convention against numbers frozen from R (tests/reference/printed_tests.R)."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from cartox.audit import Verdict
from cartox.audit.conventions.means import Sample, several_means, two_means
from cartox.audit.conventions.odds import conditional
from cartox.audit.conventions.rank_sum import approximate_p
from cartox.audit.conventions.rank_sum_exact import doubled_lower_tail
from cartox.audit.conventions.several_groups import kruskal_wallis_p_values, r_by_c_p_values
from cartox.audit.conventions.two_by_two import p_values
from cartox.audit.findings.verdicts import ALARMS
from tests.python.audit.audited_lines import AuditLines

FOLDER = Path(__file__).parents[2] / "reference"
TWO_BY_TWO = {
    "fisher": "Fisher two-sided",
    "doubled": "Fisher doubled one-sided",
    "mid": "Fisher mid-p",
    "mid_sas": "Fisher mid-p of SAS",
    "pearson": "Pearson",
    "yates": "Yates",
    "likelihood": "likelihood ratio",
    "n_minus_1": "N-1",
    "wald": "Wald z",
}
RANK_SUM = {
    "corrected": "asymptotic with continuity correction",
    "uncorrected": "asymptotic without continuity correction",
    "t_corrected": "t-approximation with continuity correction",
    "t_uncorrected": "t-approximation without continuity correction",
}


def rows(name: str) -> Iterator[dict[str, float]]:
    with (FOLDER / f"printed_{name}.csv").open() as file:
        for row in csv.DictReader(file):
            yield {
                key: float(value) for key, value in row.items() if value not in ("NA", "TRUE", "FALSE")
            } | {"has_ties": float(row.get("has_ties") == "TRUE")}


def table_of(row: dict[str, float]) -> tuple[int, int, int, int]:
    return int(row["count_1"]), int(row["size_1"]), int(row["count_2"]), int(row["size_2"])


def test_every_test_of_a_2x2_table_is_rs() -> None:
    for row in rows("two_by_two"):
        _, found = p_values(*table_of(row))
        for column, convention in TWO_BY_TWO.items():
            if column in row:
                assert found[convention] == pytest.approx(row[column], rel=1e-6, abs=1e-12), (row, convention)


@pytest.mark.parametrize("column", TWO_BY_TWO)
def test_each_p_value_that_r_gives_is_found_and_named(audit: AuditLines, column: str) -> None:
    """Printed with four decimals beside its counts; zero where it is below 0.00005 is left out."""
    for row in list(rows("two_by_two"))[:40]:
        if row.get(column, 0.0) < 0.00005:
            continue
        k, n, m, o = table_of(row)
        one = audit(
            f"x,comparison,event,ill,count,{k},,,{n},",
            f"y,comparison,event,well,count,{m},,,{o},",
            f"p,comparison,event,both,p_value,{row[column]:.4f},,,,",
        )["p"]
        assert TWO_BY_TWO[column] in {reading.convention for reading in one.readings if not reading.n_missing}
        assert one.verdict is Verdict.CONSISTENT


def test_larger_tables_are_rs() -> None:
    with (FOLDER / "printed_larger.csv").open() as file:
        for row in csv.DictReader(file):
            table = np.array([[int(cell) for cell in line.split()] for line in row["table"].split(";")])
            _, found = r_by_c_p_values(table)
            assert found["Pearson"] == pytest.approx(float(row["pearson"]), rel=1e-9)
            assert found["likelihood ratio"] == pytest.approx(float(row["likelihood"]), rel=1e-9)
            assert found["linear by linear"] == pytest.approx(float(row["trend"]), rel=1e-9)
            if "Fisher two-sided" in found:
                assert found["Fisher two-sided"] == pytest.approx(float(row["fisher"]), rel=1e-6)


def test_rank_sum_tests_are_rs() -> None:
    for row in rows("values"):
        if row["has_ties"]:
            continue
        sizes = int(row["size_1"]), int(row["size_2"])
        for column, convention in RANK_SUM.items():
            assert approximate_p(row["u"], sizes, convention) == pytest.approx(row[column], rel=1e-9)
        side = int(min(row["u"], sizes[0] * sizes[1] - row["u"]))
        assert doubled_lower_tail(*sizes)[side] == pytest.approx(row["exact"], rel=1e-9)


def test_tests_of_means_and_of_three_groups_are_rs() -> None:
    for row in rows("values"):
        samples = [
            Sample((row[f"mean_{k}"],) * 2, (row[f"sd_{k}"],) * 2, int(row[f"size_{k}"])) for k in (1, 2, 3)
        ]
        two = two_means(samples[0], samples[1])
        assert two["Student's t"][0] == pytest.approx(row["student"], rel=1e-7)
        assert two["Welch's t"][0] == pytest.approx(row["welch"], rel=1e-7)
        low, high = several_means(samples)["one-way analysis of variance"]
        assert low == pytest.approx(row["anova"], rel=1e-6)
        assert high == pytest.approx(row["anova"], rel=1e-6)
        if not row["has_ties"]:
            tried = kruskal_wallis_p_values((samples[0].n, samples[1].n, samples[2].n))
            assert tried is not None
            assert np.abs(tried["Kruskal-Wallis"] / row["kruskal"] - 1).min() < 1e-6


def printed_ratio(kind: str, ratio: float, low: float, high: float, p: float) -> list[str]:
    values = ((kind, ratio), ("ci_low", low), ("ci_high", high))
    lines = [f"{name},survival,death,drug,{name},{value:.2f},,,," for name, value in values]
    statistic = f"p_value,{p:.3f}" if p >= 0.001 else "p_value_below,0.001"
    return [*lines, f"p,survival,death,both,{statistic},,,,"]


def test_cox_and_log_rank_of_r_raise_no_alarm(audit: AuditLines) -> None:
    """Hazard ratio, interval and events of coxph with its p-value, then with that of survdiff."""
    for row in rows("ratios"):
        estimate = row["hazard_ratio"], row["hazard_low"], row["hazard_high"]
        events = f"events,survival,death,drug,events,{row['events']:.0f},,,,"
        fine = audit(*printed_ratio("hazard_ratio", *estimate, row["hazard_p"]), events)
        assert not [one for one in fine.values() if one.verdict in ALARMS], row
        assert fine["p"].readings[0].convention == "Wald from the interval"
        other = audit(*printed_ratio("hazard_ratio", *estimate, row["log_rank_p"]), events)
        assert other["p"].readings or other["p"].verdict is Verdict.NO_READING


def test_log_rank_p_values_of_r_are_nearly_all_admitted_by_ratio_and_events(audit: AuditLines) -> None:
    alarmed = 0
    for row in rows("ratios"):
        estimate = row["hazard_ratio"], row["hazard_low"], row["hazard_high"]
        events = f"events,survival,death,drug,events,{row['events']:.0f},,,,"
        one = audit(*printed_ratio("hazard_ratio", *estimate, row["log_rank_p"]), events)["p"]
        alarmed += one.verdict in ALARMS
    assert alarmed <= 1


def odds_lines(row: dict[str, float], ratio: float, low: float, high: float) -> list[str]:
    n = int(row["size"])
    return [
        *(line.replace("survival,death", "t,event") for line in printed_ratio("odds_ratio", ratio, low, high, row["odds_p"])),
        f"x,t,event,first,count,{row['count_1']:.0f},,,{n},",
        f"y,t,event,second,count,{row['count_2']:.0f},,,{n},",
    ]  # fmt: skip


def test_odds_ratios_of_r_are_those_of_their_counts(audit: AuditLines) -> None:
    """By glm (of the sample) and fisher.test (conditional), in either direction; a third off is a question."""
    for row in rows("ratios"):
        if not 0.1 < row["odds_ratio"] < 10:
            continue
        ratio, low, high = row["odds_ratio"], row["odds_low"], row["odds_high"]
        n, a, c = int(row["size"]), int(row["count_2"]), int(row["count_1"])
        assert conditional((a, n - a, c, n - c)) == pytest.approx(row["conditional_odds_ratio"], rel=1e-3)
        for shown in ((ratio, low, high), (1 / ratio, 1 / high, 1 / low)):
            found = audit(*odds_lines(row, *shown))
            assert found["odds_ratio"].verdict is Verdict.CONSISTENT, row
        given = audit(*odds_lines(row, row["conditional_odds_ratio"], low, high))["odds_ratio"]
        assert not any("printed counts give" in sentence for sentence in given.explanation)
        wrong = audit(*odds_lines(row, ratio * 4 / 3, low * 4 / 3, high * 4 / 3))["odds_ratio"]
        if abs(math.log(ratio)) > 0.5:
            assert wrong.verdict is Verdict.NO_READING, row


def test_an_adjusted_odds_ratio_is_not_held_against_counts(audit: AuditLines) -> None:
    (row, *_) = (row for row in rows("ratios") if 0.2 < row["odds_ratio"] < 5)
    lines = odds_lines(row, row["odds_ratio"] * 2, row["odds_low"] * 2, row["odds_high"] * 2)
    assert audit(*lines)["odds_ratio"].verdict is Verdict.NO_READING
    adjusted = [line.replace(",drug,", ",adjusted odds ratio,") for line in lines]
    assert audit(*adjusted)["odds_ratio"].verdict is Verdict.CONSISTENT


def test_an_odds_ratio_may_be_against_another_category(audit: AuditLines) -> None:
    """20 and 40 at the high dose against 10 and 30 at the low one, of 50 and 90: 20 x 30 / (40 x 10) is 1.50."""
    lines = [
        "a,t,low,ill,count,10,,,50,", "b,t,low,well,count,30,,,90,",
        "c,t,high,ill,count,20,,,50,", "d,t,high,well,count,40,,,90,",
        "r,t,high,odds ratio,odds_ratio,1.50,,,,",
    ]  # fmt: skip
    assert audit(*lines)["r"].verdict is Verdict.CONSISTENT
    assert audit(*lines[2:])["r"].verdict is Verdict.NO_READING

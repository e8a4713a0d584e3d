"""What is told apart by color is told apart by eyes that see fewer colors, on light and on dark ground.

Simulated as Machado, Oliveira and Fernandes do it (IEEE Transactions on Visualization and Computer Graphics 15, 2009, severity
1.0, in linear RGB); distances are those of CIE 1976 (L*a*b*, D65).
"""

from __future__ import annotations

import itertools
import math

import pytest

from cartox.report.page.theme import DARK, LIGHT

Color = tuple[float, float, float]
SIGHTS = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)
GRADES = [f"grade-{grade}" for grade in range(5)]
PAIRS = [
    *itertools.pairwise(GRADES),
    ("responder", "non-responder"),
    ("before", "from"),
    ("good", "bad"),
    ("neutral", "non-responder"),
]
LEAST = 15.0
"""A difference just seen is about 2.3 (Mahy, Van Eycken and Oosterlinck 1994); small cells side by side take times that."""


def linear(code: str) -> Color:
    """The linear RGB of a color's code (IEC 61966-2-1)."""
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return red, green, blue


def times(matrix: tuple[Color, ...], color: Color) -> Color:
    x, y, z = (sum(a * b for a, b in zip(row, color, strict=True)) for row in matrix)
    return x, y, z


def lab(color: Color) -> Color:
    clipped = tuple(min(1.0, max(0.0, part)) for part in color)
    ratios = [a / b for a, b in zip(times(TO_XYZ, (clipped[0], clipped[1], clipped[2])), WHITE, strict=True)]
    x, y, z = (
        ratio ** (1 / 3) if ratio > (6 / 29) ** 3 else ratio / (3 * (6 / 29) ** 2) + 4 / 29
        for ratio in ratios
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, sight: str) -> float:
    return math.dist(*(lab(times(SIGHTS[sight], linear(code))) for code in (one, other)))


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_told_apart_by_color_is_told_apart(theme: dict[str, str], sight: str) -> None:
    near = {
        pair: round(found, 1)
        for pair in PAIRS
        if (found := distance(theme[pair[0]], theme[pair[1]], sight)) < LEAST
    }
    assert near == {}


@pytest.mark.parametrize(("theme", "is_darker"), [(LIGHT, True), (DARK, False)], ids=["light", "dark"])
def test_a_worse_grade_stands_out_more_in_one_hue(theme: dict[str, str], is_darker: bool) -> None:
    lights = [lab(linear(theme[grade])) for grade in GRADES]
    steps = [b[0] - a[0] for a, b in itertools.pairwise(lights)]
    assert all(step < 0 for step in steps) if is_darker else all(step > 0 for step in steps)
    hues = [math.degrees(math.atan2(b, a)) for _, a, b in lights[1:]]
    assert max(hues) - min(hues) < 12


def test_the_distance_is_the_published_one() -> None:
    """Red, green and blue of sRGB in L*a*b*, as Lindbloom's calculator has them."""
    for code, expected in (
        ("#ff0000", (53.24, 80.09, 67.20)),
        ("#00ff00", (87.73, -86.18, 83.18)),
        ("#0000ff", (32.30, 79.19, -107.86)),
    ):
        assert lab(linear(code)) == pytest.approx(expected, abs=0.02)

"""The flow of patients into the cohort, drawn as STROBE asks (von Elm et al., doi 10.1371/journal.pmed.0040296)."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from cartox.report.page.blocks import Drawing, Section
from cartox.report.page.study import GROUP_COLORS, GROUP_NAMES, GROUPS, NOT_EVALUABLE, Study
from cartox.report.reading import Record
from cartox.report.wording import plural

STEPS = """
select step_number, step, reason, population, n_excluded, n_remaining
from marts.cohort_attrition
order by step_number
"""
PADDING, LINE, GAP = 9, 17, 18
CHARACTER = 7.2
FIGURE_SPACE, FIELD_GAP, COUNT_WIDTH = "\u2007", "  ", 4


@dataclass
class Box:
    """Lines of text in a frame; the first is bold."""

    left: float
    top: float
    width: float
    lines: list[str]
    color: str = "line"
    is_filled: bool = False
    height: float = field(init=False)

    def __post_init__(self) -> None:
        room = int((self.width - 2 * PADDING) / CHARACTER)
        self.lines = [part for line in self.lines for part in _wrapped(line, room)]
        self.height = 2 * PADDING + LINE * len(self.lines) - 5

    @property
    def bottom(self) -> float:
        """Where the box ends."""
        return self.top + self.height

    @property
    def center(self) -> float:
        """The middle of the box from left to right."""
        return self.left + self.width / 2

    def svg(self) -> str:
        """Draw the box."""
        texts = "".join(
            f'<text x="{self.left + PADDING:g}" y="{self.top + PADDING + 10 + LINE * place:g}" '
            f'class="{"flow-strong" if place == 0 else "flow-text"}" xml:space="preserve">{escape(line)}</text>'
            for place, line in enumerate(self.lines)
        )
        fill = "flow-fill" if self.is_filled else "flow-open"
        return (
            f'<rect x="{self.left:g}" y="{self.top:g}" width="{self.width:g}" height="{self.height:g}" '
            f'rx="8" class="flow-box {fill} flow-{self.color}"/>{texts}'
        )


def flow_section(study: Study) -> Section:
    """Tell how many patients left at which step."""
    steps = study.rows(STEPS)
    parts = " and ".join(
        plural(study.group_sizes.get(group, 0), GROUP_NAMES[group].lower().removesuffix("s"))
        for group in GROUPS
    )
    first = steps[0]["n_remaining"] if steps else 0
    ends = _ends(study, steps)
    sentence = "; ".join(
        f"{plural(n_excluded, 'patient was', 'patients were')} left out on the way to the "
        f"{_population(name)}, which leaves {n_remaining:,}"
        for name, n_excluded, n_remaining in ends
    )
    sentence = f"Of {plural(first, 'patient', 'patients')} with usable records, {sentence}."
    if study.n_cohort:
        sentence += f" The cohort is made of {parts}."
        if n_unknown := study.group_sizes.get(NOT_EVALUABLE, 0):
            sentence += (
                f" Of {plural(n_unknown, 'further patient', 'further patients')} nobody can tell whether the "
                f"{study.toxicity} resolved: they are counted here and compared with nobody."
            )
    drawing = Drawing(
        name="flow",
        title="Flow of patients into the cohort",
        wide=draw(study, steps, 1100),
        narrow=draw(study, steps, 340),
        sentence=sentence,
        rows=steps,
        notes=("A patient leaves at the first step whose reason applies.",),
    )
    return Section("flow", "Who was studied", (drawing,))


def draw(study: Study, steps: list[Record], width: int) -> str:
    """Draw the flow, `width` units wide; below 600 what was left out stands under its box, not beside it."""
    is_wide = width >= 600
    main_width = 380 if is_wide else width
    populations = [(name, list(group)) for name, group in groupby(steps, key=lambda step: step["population"])]
    boxes: list[Box] = []
    arrows: list[str] = []
    top = 1.0
    previous: Box | None = None
    for name, group in populations:
        excluded = [step for step in group if step["n_excluded"]]
        if previous is not None:
            side = Box(
                left=430 if is_wide else 34,
                top=top if is_wide else previous.bottom + GAP / 2,
                width=(width - 430 if is_wide else width - 34) - 1,
                lines=[
                    f"Left out: {study.counts('left_out').n(name, 'all'):,}",
                    *(
                        f"{step['n_excluded']:{FIGURE_SPACE}>{COUNT_WIDTH},}{FIELD_GAP}{step['step']}"
                        for step in excluded
                    ),
                ],
            )
            if is_wide:
                side.top = previous.bottom + GAP / 2
            boxes.append(side)
            top = side.bottom + GAP / 2
            x = previous.center if is_wide else 15
            arrows += [_line(x, previous.bottom, x, top), _line(x, _middle(side), side.left, _middle(side))]
        title, detail = _title(study, name)
        lines = [f"{title}: {group[-1]['n_remaining']:,}", *([detail] if detail else [])]
        box = Box(1, top, main_width - 2, lines, "accent" if name == "cohort" else "line", True)
        boxes.append(box)
        previous, top = box, box.bottom
    if previous is not None and study.n_cohort:
        ends, more = _group_boxes(study, previous, main_width)
        boxes += ends
        arrows += more
        top = max(box.bottom for box in ends)
    height = top + 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" width="{width}" '
        f'height="{height:g}" role="img" class="flow" font-size="13.5">'
        "<title>Flow of patients into the cohort</title>"
        f"{''.join(arrows)}{''.join(box.svg() for box in boxes)}</svg>"
    )


def _group_boxes(study: Study, above: Box, main_width: float) -> tuple[list[Box], list[str]]:
    groups = [*GROUPS, *([NOT_EVALUABLE] if study.group_sizes.get(NOT_EVALUABLE) else [])]
    room = (main_width - 20 * (len(groups) - 1)) / len(groups)
    boxes, arrows = [], []
    for place, group in enumerate(groups):
        lines = [GROUP_NAMES[group], f"n = {study.group_sizes.get(group, 0):,}"]
        left = 1 + place * (room + 20)
        box = Box(left, above.bottom + GAP, room - 2, lines, GROUP_COLORS[group])
        boxes.append(box)
        arrows.append(_line(box.center, above.bottom, box.center, box.top))
    return boxes, arrows


def _ends(study: Study, steps: list[Record]) -> list[tuple[str, int, int]]:
    """For each population after the first: its name, how many were left out before it, how many remain."""
    found = []
    left_out = study.counts("left_out")
    for name, group in groupby(steps, key=lambda step: step["population"]):
        members = list(group)
        if members[0]["step_number"]:
            found.append((name, left_out.n(name, "all"), members[-1]["n_remaining"]))
    return found


def _population(name: str) -> str:
    return {"treated": "treated population"}.get(name, name)


def _title(study: Study, name: str) -> tuple[str, str]:
    titles = {
        "all": ("Patients with usable records", ""),
        "treated": ("Treated population", study.variable("indication_group")),
        "cohort": ("Cohort", f"{study.drug} for {study.toxicity}"),
    }
    return titles.get(name, (name, ""))


def _middle(box: Box) -> float:
    return box.top + box.height / 2


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    head = f"M{x2:g},{y2:g}l-4,-7h8z" if x1 == x2 else f"M{x2:g},{y2:g}l-7,-4v8z"
    return f'<path d="M{x1:g},{y1:g}L{x2:g},{y2:g}" class="flow-arrow"/><path d="{head}" class="flow-head"/>'


def _wrapped(line: str, room: int) -> list[str]:
    """Break a line at blanks, or inside a word that is too long; what follows is indented."""
    if len(line) <= room:
        return [line]
    cut = line.rfind(" ", room // 2, room + 1)
    cut = cut if cut > 0 else room
    return [line[:cut], *_wrapped(_hanging(line) + line[cut:].strip(), room)]


def _hanging(line: str) -> str:
    """Return the room that a count takes before its text, or a small indent for a text without one."""
    count, gap, _ = line.partition(FIELD_GAP)
    return FIGURE_SPACE * len(count) + gap if gap and len(count) <= COUNT_WIDTH + 1 else FIELD_GAP

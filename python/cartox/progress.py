"""How long work tells the person who waits for it where it stands."""

import math
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as RichBars
from rich.table import Column
from rich.text import Text

_BAR_WIDTH = 16
_BEGUN = "begun"


class Progress(Protocol):
    """What a long function reports to.

    A step is a stage of the work (reading files, building models); within a step, `advance` says how many of
    how many units are done. No description may hold a patient's data.
    """

    def step(self, description: str) -> None:
        """Begin a new stage; the one before is over."""

    def advance(self, description: str, completed: int, total: int | None) -> None:
        """Say what is being done now, and that `completed` of `total` units are done (None: unknown)."""


class SilentProgress:
    """Reports nothing."""

    def step(self, description: str) -> None:
        """Do nothing."""

    def advance(self, description: str, completed: int, total: int | None) -> None:
        """Do nothing."""


class TimeLeft(ProgressColumn):
    """How long a stage will take by the pace of its units since it first told of them; nothing before that.

    What a stage does before its first report (starting a program, reading a project) says nothing of its pace.
    """

    def render(self, task: Task) -> Text:
        """Return minutes and seconds, rounded up so that the last second is not told as none."""
        begun_at, begun_with = task.fields.get(_BEGUN, (0.0, 0))
        done = task.completed - begun_with
        if task.finished or not task.total or done <= 0 or not task.elapsed:
            return Text("")
        seconds = math.ceil((task.elapsed - begun_at) * (task.total - task.completed) / done)
        return Text(f"{seconds // 60}:{seconds % 60:02d} left", style="cyan")


class RichProgress:
    """One line for each stage on a Rich console, with a bar while it runs.

    Use it as a context manager. On a console that is not a terminal a stage is printed when it is over. A
    stage that ends in an error leaves nothing, so that the error's own line stands alone.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._is_live = console.is_terminal
        self._bars = RichBars(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.fields[stage]}", markup=False),
            BarColumn(bar_width=_BAR_WIDTH),
            TimeElapsedColumn(),
            TimeLeft(),
            TextColumn(
                "{task.description}",
                markup=False,
                style="dim",
                table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
            ),
            console=console,
            expand=True,
        )
        self._task: TaskID | None = None
        self._stage: str | None = None

    def __enter__(self) -> Self:
        if self._is_live:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        elif self._task is not None:
            self._bars.remove_task(self._task)
        if self._is_live:
            self._bars.stop()

    def step(self, description: str) -> None:
        """Close the stage before and open a new one."""
        self._finish()
        self._stage = description
        if self._is_live:
            self._task = self._bars.add_task("", total=None, stage=description)

    def advance(self, description: str, completed: int, total: int | None) -> None:
        """Move the bar of the open stage."""
        if self._task is None:
            return
        task = self._bars.tasks[-1]
        if total is not None and _BEGUN not in task.fields:
            task.fields[_BEGUN] = (task.elapsed or 0.0, completed)
        self._bars.update(self._task, description=description, completed=completed, total=total)

    def _finish(self) -> None:
        if self._task is not None:
            self._bars.update(self._task, description="", completed=1, total=1)
        elif self._stage is not None:
            self._console.print(self._stage, markup=False, highlight=False, soft_wrap=True)

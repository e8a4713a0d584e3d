"""Progress on standard error, so that results on standard output can be piped."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from cartox.progress import Progress, RichProgress, SilentProgress


@contextmanager
def waiting(is_quiet: bool) -> Iterator[Progress]:
    """Give the progress that a command reports to."""
    if is_quiet:
        yield SilentProgress()
        return
    with RichProgress(Console(stderr=True)) as progress:
        yield progress

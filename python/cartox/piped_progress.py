"""Progress that a program of ours tells the one that started it, between the other lines that it prints.

Each report is one JSON text of a sequence (RFC 7464), which begins with a character that no other line begins with.
"""

import json
from typing import TextIO

from cartox.progress import Progress

_BEGINNING = "\x1e"


class PipedProgress:
    """Writes what is reported to it as lines for `relayed`; the stage is named by the program that listens."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def step(self, description: str) -> None:
        """Do nothing: a program that runs apart is one stage of its caller's."""

    def advance(self, description: str, completed: int, total: int | None) -> None:
        """Write one line and let it out at once."""
        self._stream.write(f"{_BEGINNING}{json.dumps([description, completed, total])}\n")
        self._stream.flush()


def relayed(line: str, progress: Progress) -> bool:
    """Pass a line on to `progress` if PipedProgress wrote it, and say whether it did."""
    if not line.startswith(_BEGINNING):
        return False
    description, completed, total = json.loads(line.removeprefix(_BEGINNING))
    progress.advance(description, completed, total)
    return True

"""The wish that the program ends: Ctrl-C (SIGINT), or SIGTERM of the system."""

import signal
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_CODE_BEFORE_SIGNAL = 128
_received: list[int] = []


def listen_for_interruption() -> None:
    """Raise KeyboardInterrupt at the first of the signals and remember it; a second one ends the process at once.

    What was ignored before, as it is in a job that a shell put behind, stays ignored.
    """
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def raise_if_interrupted() -> None:
    """Raise KeyboardInterrupt again where a library kept the first one to itself, as dbt and DuckDB do."""
    if _received:
        raise KeyboardInterrupt


def exit_code() -> int | None:
    """Return the exit code by the signal that came, 130 or 143; None where none came."""
    return _CODE_BEFORE_SIGNAL + _received[0] if _received else None


def _interrupt(number: int, _: FrameType | None) -> None:
    _received.append(number)
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_DFL)
    raise KeyboardInterrupt

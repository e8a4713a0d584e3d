"""How commands end: with a result, a line for a mistake, or lines for what failed."""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from cartox.errors import UserError
from cartox.interruption import exit_code

FAILED, MISTAKEN, INTERRUPTED, TERMINATED = 1, 2, 130, 143
_ENDED_FROM_OUTSIDE = {INTERRUPTED: "interrupted", TERMINATED: "terminated"}


class Commands(TyperGroup):
    """Commands whose errors are lines on standard error, never a traceback.

    Exit codes: 0 success, 1 a build or a check failed, 2 a mistake of the user, 130 interrupted, 143 terminated by
    the system. An error
    that nobody foresaw is named by its kind and place alone, since its message may quote a patient's data;
    CARTOX_DEBUG=1 shows all of it.
    """

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line; exit the process unless `standalone_mode` is off."""
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except Exception as error:
            code, lines = _ending(error)
            for line in lines if exit_code() is None else ():
                typer.echo(_one_line(line), err=True)
        code = exit_code() or code
        if code in _ENDED_FROM_OUTSIDE:
            typer.echo(f"cartox: {_ENDED_FROM_OUTSIDE[code]}", err=True)
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else 0)
        return code


def _ending(error: BaseException) -> tuple[int, list[str]]:
    if isinstance(error, UserError):
        return MISTAKEN, [f"cartox: {error}"]
    if isinstance(error, TyperException):
        context = getattr(error, "ctx", None)
        help_of = context.command_path if context else "cartox"
        return error.exit_code, [f"cartox: {error.format_message()} ({help_of} --help)"]
    if isinstance(error, typer.Abort):
        return INTERRUPTED, []
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED, []
    if os.environ.get("CARTOX_DEBUG"):
        return FAILED, traceback.format_exception(error)
    if isinstance(error, OSError) and error.strerror:
        return FAILED, [f"cartox: {error.filename or 'a file'}: {error.strerror}"]
    lines = getattr(error, "lines", None)
    if lines:
        return FAILED, [f"cartox: {line}" for line in lines]
    return FAILED, [
        f"cartox: unexpected {type(error).__name__} at {_place(error)}; CARTOX_DEBUG=1 shows more"
    ]


def _place(error: BaseException) -> str:
    """Name the last line of this package that the error passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "cartox" in Path(frame.filename).parts] or list(frames)
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "an unknown place"


def _one_line(line: str) -> str:
    return line if os.environ.get("CARTOX_DEBUG") else " ".join(line.split())

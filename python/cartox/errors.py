"""The errors that the command line tells apart."""


class UserError(Exception):
    """A mistake in what the user gave; the command line prints it as one line and exits with code 2.

    The message names file, column and row as far as they are known, and never repeats a cell's content.
    """

"""A run that did not come to publish anything."""


class RunError(Exception):
    """A build or a check failed; the command line prints `lines` and exits with code 1.

    Each line names a model, a test or an expectation, and never a cell's content.
    """

    def __init__(self, *lines: str) -> None:
        """Take the lines in the order in which they are to be printed."""
        super().__init__("; ".join(lines))
        self.lines = lines

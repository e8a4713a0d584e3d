"""The command line `cartox`."""

from cartox.cli.app import app, main

__all__ = ["app", "main"]

"""The command line `cartox`."""

import sys

if sys.platform == "win32":
    raise SystemExit("cartox: runs on Linux and macOS; on Windows, install it in WSL (wsl --install)")

from cartox.cli.app import app, main

__all__ = ["app", "main"]

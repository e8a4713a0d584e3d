"""A command run where no network is, with every connection that it or a program below it asks for written down."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

CALLS = "trace=connect,sendto,sendmsg,sendmmsg"
NETWORK = re.compile(r"\b(?:AF|PF)_(?:INET6?|PACKET)\b")


def watched(log: Path) -> list[str]:
    """Return the words before a command by which it is alone and watched; none where the system allows no watching."""
    return _words(log) if _may_watch() else []


def tried(log: Path) -> list[str]:
    """Return the calls of a log that ask for a network, in order: that name an address to connect or to send to.

    A socket alone is none: urllib3, which other libraries load, opens one to see whether the system knows IPv6.
    """
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line for line in lines if NETWORK.search(line)]


@cache
def _may_watch() -> bool:
    if shutil.which("strace") is None or shutil.which("unshare") is None:
        return False
    return (
        subprocess.run([*_words(Path(os.devnull)), "true"], capture_output=True, check=False).returncode == 0
    )


def _words(log: Path) -> list[str]:
    alone = ["unshare", "--net", *(["--map-root-user"] if os.geteuid() else [])]
    return [*alone, "strace", "-f", "--seccomp-bpf", "-A", "-e", CALLS, "-o", str(log)]

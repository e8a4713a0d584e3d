"""What a page lets the browser do: run its own scripts, draw what it holds, and load nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable


def content_policy(scripts: Iterable[str], *, has_fonts: bool = False) -> str:
    """Return the content policy of a page that runs these scripts, known by their hashes, and no other.

    Images, and fonts where it `has_fonts`, may stand in the page itself; nothing is loaded, asked for or sent.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    )
    fonts = " font-src data:;" if has_fonts else ""
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:;{fonts} "
        "base-uri 'none'; form-action 'none'"
    )

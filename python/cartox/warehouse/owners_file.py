"""dbt-duckdb plugin of the profile: what `dbt build` makes and its log, which may quote a cell, are for their owner alone."""

import os
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.flags import get_flags

from cartox.owner import OTHERS, close_to_others, make_folder

_LOG = "dbt.log"


class Plugin(BasePlugin):  # type: ignore[misc]  # dbt is not followed
    """Acts just before the file is opened to write; what is opened to read alone is left as it is."""

    def update_connection_config(self, creds: Any, config: dict[str, Any]) -> None:
        """Set the umask of dbt's process, make the file's folder and close an older file and the log to others."""
        os.umask(os.umask(OTHERS) | OTHERS)
        close_to_others(Path(getattr(get_flags(), "LOG_PATH", None) or "logs") / _LOG)
        file = Path(creds.path)
        if creds.path != ":memory:" and config.get("access_mode") != "read_only":
            make_folder(file.parent)
            close_to_others(file)

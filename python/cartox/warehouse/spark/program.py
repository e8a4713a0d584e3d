"""The program that has dbt build the project on Spark; it prints a line for each node that failed.

Spark runs in a machine of its own (Java's), which lives as long as the process and writes where it likes. So it gets a process,
and what Java and dbt print goes to standard error.
"""

import json
import os
import sys
from pathlib import Path

from cartox.piped_progress import PipedProgress
from cartox.warehouse.dbt_build import build_with_dbt
from cartox.warehouse.failure import RunError

TABLES = "CARTOX_SPARK_TABLES"
"""The variable of the environment by which `profiles.yml` knows the folder of Spark's tables."""


def main() -> None:
    """Build the project that the command line names, by the vars and into the folder that standard input tells."""
    project, landing, warehouse = map(Path, sys.argv[1:])
    told = json.load(sys.stdin)
    os.environ[TABLES] = told["tables"]
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as ours:
        os.dup2(2, 1)
        log = warehouse.parent / "logs" / "build.tsv"
        try:
            build_with_dbt(
                project,
                landing,
                warehouse,
                told["variables"],
                PipedProgress(ours),
                log,
                told["only"],
                target="spark",
            )
        except RunError as error:
            ours.write("".join(f"{line}\n" for line in error.lines))


if __name__ == "__main__":
    main()

"""`python -m cartox.report.page FILE DIR`: write the report of a warehouse file, given its checks as JSON on standard input.

Its standard output is its progress, for `cartox.piped_progress.relayed`.
"""

import json
import sys
from pathlib import Path

from cartox.checks.report import CheckReport, CheckRow
from cartox.piped_progress import PipedProgress
from cartox.report.page import write_report
from cartox.warehouse.opening import open_results

if __name__ == "__main__":
    file, folder = map(Path, sys.argv[1:])
    checks = CheckReport([CheckRow(**record) for record in json.load(sys.stdin)])
    with open_results(file) as connection:
        write_report(connection, folder, checks, PipedProgress(sys.stdout))

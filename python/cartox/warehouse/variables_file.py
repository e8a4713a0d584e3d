"""The text of a study file that changes nothing yet: the vars of dbt_project.yml with their comments."""

import re
from pathlib import Path

from cartox.errors import UserError

_HEAD = """\
# The study. What stands here is what cartox takes by default: change what your study does otherwise, and
# leave or remove the rest.

vars:
"""
_TAIL = """

# Where the records lie, if not in `extract` beside this file; several studies may name one folder.
# extract: ../extract
# omop: ../cdm
"""
_DECLARED_MARK = re.compile(r'^( +\w+): "[.]"$')


def study_file_text(project: Path, keeps_marks: bool = False) -> str:
    """Return a study file with every var of the project, its default and its comment.

    The decimal marks of a site's files are its own to declare: here they are null, unless `keeps_marks`.

    Raises UserError where dbt_project.yml has no vars.
    """
    lines = (project / "dbt_project.yml").read_text(encoding="utf-8").splitlines()
    if "vars:" not in lines:
        raise UserError(f"{project / 'dbt_project.yml'}: no vars there")
    block = []
    for line in lines[lines.index("vars:") + 1 :]:
        if line and not line.startswith(" "):
            break
        block.append(line if keeps_marks else _DECLARED_MARK.sub("\\1: null", line))
    return _HEAD + "\n".join(block).strip("\n") + _TAIL

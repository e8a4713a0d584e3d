"""The plan's labels in the words of the study at hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cartox.results.plan import PlannedVariable

NAMED_VAR = re.compile(r"\{([a-z_]+)\}")


def label_for_study(plan: Sequence[PlannedVariable], variables: Mapping[str, Any]) -> list[PlannedVariable]:
    """Return the plan with each `{var}` of a label replaced by what the study's vars say.

    Raises ValueError, naming the variable, where a label names what is no var or one that holds no text.
    """
    return [replace(planned, label=_label(planned, variables)) for planned in plan]


def _label(planned: PlannedVariable, variables: Mapping[str, Any]) -> str:
    def say(found: re.Match[str]) -> str:
        text = variables.get(found[1])
        if not isinstance(text, str):
            raise ValueError(
                f"test plan, variable {planned.variable}: the label names {found[1]}, which is no var with a text"
            )
        return text

    return NAMED_VAR.sub(say, planned.label)

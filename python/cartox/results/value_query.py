"""The query that reads one planned variable for every cohort patient."""

from __future__ import annotations

from cartox.results.plan import PlannedVariable
from cartox.statistics.certainty import AT_LEAST, AT_MOST, ESTIMATED, GREATEST_VALUE, LEAST_VALUE, UNKNOWN


def value_query(variable: PlannedVariable, further: str = "true") -> str:
    """Return a query with a parameter for each filter: patient, group, value, least, greatest, is_estimate.

    `further` is one more condition on the rows of the relation; its parameters follow those of the filters.

    A value that is at least what was charted may be any larger number, one that is at most it any number down to 0; what is
    unknown is null.
    """
    condition = " and ".join(f"{_quoted(column)} = ?" for column, _ in variable.filters) or "true"
    relation = ".".join(_quoted(part) for part in variable.relation.split("."))
    certainty = _quoted(variable.certainty_column) if variable.certainty_column else "'exact'"
    value = f"if({certainty} = '{UNKNOWN}', null, {_quoted(variable.value_column)})"
    if variable.certainty_column:
        ends = (
            f"if({certainty} = '{AT_MOST}', least({value}, {LEAST_VALUE!r}), {value}) as least_value, "
            f"if({certainty} = '{AT_LEAST}' and {value} is not null, {GREATEST_VALUE!r}, {value}) as greatest_value"
        )
    else:
        ends = f"{value} as least_value, {value} as greatest_value"
    return f"""
        with source as (
            select patient_id, {value} as value, {ends}, coalesce({certainty} = '{ESTIMATED}', false) as is_estimate
            from {relation}
            where {condition} and {further}
        )

        select
            cohort.patient_id, cohort.study_group, {_expression(variable, "value")}, {_expression(variable, "least_value")},
            {_expression(variable, "greatest_value")}, coalesce(source.is_estimate, false)
        from marts.cohort as cohort
        left join source on cohort.patient_id = source.patient_id
        order by cohort.patient_id
        """  # noqa: S608 (names of the test plan, quoted)


def _expression(variable: PlannedVariable, column: str) -> str:
    value = f"source.{column}"
    if variable.kind == "continuous":
        return f"cast({value} as double)"
    if variable.kind == "categorical":
        return f"cast({value} as varchar)"
    if variable.at_least is not None:
        condition = f"cast({value} as double) >= {variable.at_least!r}"
    else:
        condition = f"lower(cast({value} as varchar)) = lower({_literal(variable.equals or '')})"
    is_known = f"{value} is not null"
    if variable.known:
        is_known = f"cast({value} as varchar) in ({', '.join(map(_literal, variable.known))})"
    return f"case when {is_known} then if({condition}, 'yes', 'no') end"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

"""The steps of a ledger, joined where one took out too few people to be told by itself."""

import pandas as pd

from analysis.privacy import Rule


def joined_steps(steps: pd.DataFrame, *, rule: Rule) -> pd.DataFrame:
    """Tell steps that took out few people together with a step beside them.

    Parameters
    ----------
    steps : pandas.DataFrame
        As `Ledger.to_frame` returns it.
    rule : Rule
        How few people are too few.

    Returns
    -------
    pandas.DataFrame
        The same columns. A step that took out somebody, but few, is one row with the step before
        it, the first one with the step after it, until all rows but those of nobody hold enough,
        or one row is left. What comes before and after the row is told, what lies between is not.

    Examples
    --------
    >>> steps = pd.DataFrame({"step": ["dont know", "no answer"], "reason": ["unsure", "silent"],
    ...                       "rows_before": [766, 743], "rows_excluded": [23, 9],
    ...                       "rows_after": [743, 734]})
    >>> joined_steps(steps, rule=Rule(10)).to_numpy().tolist()
    [['dont know, no answer', 'unsure; silent', 766, 32, 734]]
    """
    rows = steps.to_dict("records")
    while len(rows) > 1:
        small = [
            at
            for at, row in enumerate(rows)
            if row["rows_excluded"] and rule.few(row["rows_excluded"])
        ]
        if not small:
            break
        first = max(small[0] - 1, 0)
        one, two = rows[first], rows[first + 1]
        rows[first : first + 2] = [
            {
                "step": f"{one['step']}, {two['step']}",
                "reason": f"{one['reason']}; {two['reason']}",
                "rows_before": one["rows_before"],
                "rows_excluded": one["rows_excluded"] + two["rows_excluded"],
                "rows_after": two["rows_after"],
            }
        ]
    return pd.DataFrame(rows, columns=steps.columns)

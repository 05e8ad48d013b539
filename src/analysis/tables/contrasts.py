"""Whether groups of people answer otherwise: a family of tests for each way of grouping them."""

from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np
import pandas as pd

from analysis import proportions
from analysis.numerics import holm
from analysis.population import Weighing
from analysis.privacy import bounded_p
from analysis.tables.asked import Asked
from analysis.tables.groupings import Grouping

COLUMNS = ["question", "wording", "answer", "by", "group", "p_adjusted", "p_weighted"]


def family(
    questions: Iterable[Asked], grouping: Grouping, weighing: Weighing | None
) -> pd.DataFrame:
    """Test question by question whether groups of people answer alike.

    Parameters
    ----------
    questions : iterable of Asked
        The questions that are laid out by these groups.
    grouping : Grouping
        The groups.
    weighing : Weighing, optional
        For tests with weights, of the people who have one: a family of their own.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`: a row a question, and of several answers one an answer; where groups overlap one
        for each `group`, of its people against the others, else `group` is "". Without weights no
        `p_weighted`. p is Rao and Scott's, adjusted by Holm over all rows, and told by the next
        higher of 0.001, 0.01, 0.05 and 1: an exact one would tell of counts that are hidden.
        "" where there is nothing to test, since groups or answers are all the same or weights fix
        the table.
    """
    rows, plain, heavy = [], [], []
    for asked in questions:
        for (answer, given), (group, people) in product(_tested(asked), grouping.splits()):
            rows.append(
                {
                    "question": asked.role,
                    "wording": asked.question.wording,
                    "answer": answer,
                    "by": grouping.name,
                    "group": group,
                }
            )
            plain.append(_p_value(given, people, None))
            heavy.append(np.nan if weighing is None else _p_value(given, people, weighing))
    table = pd.DataFrame(rows, columns=COLUMNS[:5]).assign(p_adjusted=_told(plain))
    return table if weighing is None else table.assign(p_weighted=_told(heavy))


def _tested(asked: Asked) -> Iterator[tuple[str, pd.Series]]:
    if not asked.several:
        yield "", asked.answers
        return
    for name in asked.labels:
        yield name, asked.answers[name] == 1


def _p_value(answers: pd.Series, by: pd.Series, weighing: Weighing | None) -> float:
    """Return p, or NaN if there is nothing to test."""
    if weighing is not None:
        answers = weighing.people(answers)
    if not by.reindex(answers.index).notna().any():
        return np.nan
    weights = None if weighing is None else weighing.weights
    try:
        test = proportions.rao_scott(answers, by, weights=weights)
    except ValueError:  # the margins of the weights fix the table
        return np.nan
    return test.p_value if test.df > 0 else np.nan


def _told(p_values: list[float]) -> list[str]:
    """Adjust the p-values that there are, and write the bound that each keeps."""
    found = np.array(p_values, dtype=float)
    there = ~np.isnan(found)
    found[there] = holm(found[there])
    return ["" if np.isnan(p) else bounded_p(p, coarse=True) for p in found]

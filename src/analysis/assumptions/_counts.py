"""The people counted in each cell beside those that a model expects."""

import numpy as np
import pandas as pd

from analysis.ordinal import OrdinalFit, answer_shares, find_link

#: An expected count below this makes chi-squared approximations doubtful.
FEWEST = 5.0


def expected(fitted: OrdinalFit, variable: str) -> pd.DataFrame:
    """Compare the people counted with those that the model expects, by category and answer.

    Parameters
    ----------
    fitted : OrdinalFit
        A model without random intercept.
    variable : str
        A predictor.

    Returns
    -------
    pandas.DataFrame
        `level, answer, observed, expected, n`: sums over the people of the level, whose number is
        `n`. Counts are of people, or sums of weights.

    Raises
    ------
    ValueError
        If the model has a random intercept, or no such predictor.

    Examples
    --------
    >>> from analysis import ordinal
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbcac"], ordered=True), "x": [0, 1] * 6
    ... })
    >>> expected(ordinal.fit("rating ~ x", data), "x").head(2).round(2)
       level answer  observed  expected  n
    0    0.0      a       3.0       3.0  6
    1    0.0      b       2.0       2.0  6
    """
    if fitted.random is not None:
        raise ValueError(f"{fitted.formula!r} has a random intercept; fit it without")
    if variable not in fitted.data.frame:
        raise ValueError(f"{variable!r} is not a predictor of {fitted.formula!r}")
    size, cuts = len(fitted.data.names), len(fitted.answers) - 1
    thresholds = fitted.parameters[size:].reshape(-1, cuts)
    effects = fitted.data.exog @ fitted.parameters[:size]
    chance = answer_shares(
        find_link(fitted.link), fitted.data.freed @ thresholds - effects[:, None]
    )
    counts = fitted.data.counts
    level = fitted.data.frame[variable]
    rows = []
    for each in level.cat.categories if hasattr(level, "cat") else np.unique(level):
        here = (level == each).to_numpy()
        wanted = counts[here].sum(axis=1) @ chance[here]
        seen, n = counts[here].sum(axis=0), int(fitted.data.people[here].sum())
        rows += [
            {"level": each, "answer": answer, "observed": seen[at], "expected": wanted[at], "n": n}
            for at, answer in enumerate(fitted.answers)
        ]
    return pd.DataFrame(rows)

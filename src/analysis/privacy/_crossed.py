"""What may be shown of answers crossed with groups."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.privacy._controlled import behind_cell
from analysis.privacy._ranges import known_together, ranged_table
from analysis.privacy._rounding import behind_rounded, round_table
from analysis.privacy._rule import Rule


def round_crossed(
    counts: pd.DataFrame, *, rule: Rule, subtotals: Sequence[Sequence[str]] = ()
) -> pd.DataFrame:
    """Round a table of groups by answers of which some answers together are known too.

    Parameters
    ----------
    counts : pandas.DataFrame
        People, a row a group, a column an answer. The groups are all people who answered, so that
        readers know the totals of rows and columns.
    rule : Rule
        How few people are too few.
    subtotals : sequence of sequences of str
        Answers that readers know together, group by group, such as the best ones.

    Returns
    -------
    pandas.DataFrame
        As `ranged_table` rounds it with all totals and subtotals known, NA where that tells a
        range; and NA where `round_table` of the whole or of a subtotal hides. By controlled
        rounding few are NA: where small counts have too little room however it is drawn.

    Examples
    --------
    >>> people = {"poor": [54, 42, 53], "good": [25, 21, 49], "best": [26, 4, 3]}
    >>> counts = pd.DataFrame(people)
    >>> round_crossed(counts, rule=Rule(10)).isna().sum(axis=1).tolist()
    [1, 1, 1]
    >>> known = [["good", "best"]]
    >>> round_crossed(counts, rule=Rule(10), subtotals=known).isna().sum(axis=1).tolist()
    [1, 2, 2]
    """
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    sums = [each for part in subtotals for each in known_together(counts, part, rule=rule)]
    if rule.key:
        sums += [each for part in subtotals for each in _added_up(counts, part)]
    shown = ranged_table(
        counts, rule=rule, row_totals=(rows, rows), column_totals=(columns, columns), sums=sums
    ).people
    if rule.key:
        return shown
    for part in ([*counts.columns], *(list(each) for each in subtotals)):
        if len(part) > 1:
            alone = round_table(counts[part], rule=rule)
            shown[part] = alone.where(shown[part].notna(), shown[part])
    return shown


def _added_up(
    counts: pd.DataFrame, together: Sequence[str]
) -> list[tuple[np.ndarray, float, float]]:
    """Return the sums of some answers, group by group, of which nothing is known but the bounds."""
    named, n = counts.columns.isin(list(together)), counts.sum(axis=1)
    return [(np.outer(np.arange(len(n)) == at, named), 0.0, n.iloc[at]) for at in range(len(n))]


def round_one(yes: pd.Series, n: pd.Series, *, rule: Rule) -> pd.Series:
    """Round how many of each group gave one answer, when readers know the groups' sizes.

    Parameters
    ----------
    yes, n : pandas.Series
        People who gave it, and people, a row a group, of the same index. The groups are all people
        who answered, so that readers know the sums of both.
    rule : Rule
        How few people are too few.

    Returns
    -------
    pandas.Series
        As `round_table` rounds who gave it beside who did not; by controlled rounding each as
        `ranged_table` does.

    Examples
    --------
    >>> yes, n = pd.Series([22, 4]), pd.Series([60, 50])
    >>> round_one(yes, n, rule=Rule(10)).isna().tolist()
    [True, True]
    >>> round_one(yes, n, rule=Rule(10, key="of the replies")).tolist()
    [20.0, 10.0]
    """
    if not rule.key:
        return round_table(pd.DataFrame({"yes": yes, "no": n - yes}), rule=rule)["yes"]
    total, bases = ([yes.sum()], [yes.sum()]), n.to_numpy(dtype=float)[:, None]
    told = ranged_table(yes.to_frame("yes"), rule=rule, column_totals=total, bases=bases)
    return told.people["yes"]


def crossed_shares(
    people: pd.DataFrame, n: pd.Series, *, rule: Rule, conf_level: float = 0.95
) -> dict[str, pd.DataFrame]:
    """Give the shares of groups that rounded counts of people leave.

    Parameters
    ----------
    people : pandas.DataFrame
        A row a group, a column an answer, as `round_crossed` returns it.
    n : pandas.Series
        The people of each group, rounded as well; missing where hidden.
    rule : Rule
        What they are rounded to.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    dict
        "estimate", "conf_low" and "conf_high", each of the shape of `people`: the share of the two
        rounded counts, and Wilson's intervals of all counts that these may stand for. What is
        hidden in `people` is hidden here, and so are groups without `n`.

    Examples
    --------
    >>> people = pd.DataFrame({"good": [30.0]}, index=["North"])
    >>> told = crossed_shares(people, pd.Series([60.0], index=["North"]), rule=Rule(10))
    >>> [round(float(each.iloc[0, 0]), 2) for each in told.values()]
    [0.5, 0.28, 0.73]
    """
    cells, base = people.to_numpy(dtype=float), n.to_numpy(dtype=float)[:, None]
    cells = np.where(np.isnan(base), base, cells)
    fewest, most = behind_cell(cells, rule=rule)
    least, largest = behind_rounded(base, rule=rule)
    known = ~np.isnan(cells)
    low, high = np.full_like(cells, np.nan), np.full_like(cells, np.nan)
    alpha = 1 - conf_level
    of_most = np.maximum(np.broadcast_to(largest, cells.shape), fewest)[known]
    of_least = np.maximum(np.broadcast_to(least, cells.shape), fewest)[known]
    low[known] = proportion_confint(fewest[known], of_most, alpha=alpha, method="wilson")[0]
    high[known] = proportion_confint(
        np.minimum(most[known], of_least), of_least, alpha=alpha, method="wilson"
    )[1]
    found = {"estimate": np.minimum(cells / base, 1.0), "conf_low": low, "conf_high": high}
    return {
        name: pd.DataFrame(
            np.where(known, values, _marks_of(people, n)), people.index, people.columns
        )
        for name, values in found.items()
    }


def _marks_of(people: pd.DataFrame, n: pd.Series) -> np.ndarray:
    """Return the missing values that stand for each cell: its own, or those of its group."""
    cells, base = people.to_numpy(dtype=float), n.to_numpy(dtype=float)[:, None]
    return np.where(np.isnan(cells), cells, np.broadcast_to(base, cells.shape))

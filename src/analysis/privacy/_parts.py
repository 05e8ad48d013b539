"""Which parts of a whole may be shown for every group of people."""

from collections.abc import Sequence

import pandas as pd

from analysis.privacy._rule import rule_of
from analysis.survey.codebook import Codebook


def kept_parts(
    parts: pd.DataFrame, groups: pd.Series, wanted: Sequence[str], codebook: Codebook
) -> list[str]:
    """Choose the parts of a whole of which no group's shares tell how few are in the rest.

    Parameters
    ----------
    parts : pandas.DataFrame
        Boolean, a row a person, a column a part; everybody is in one of them.
    groups : pandas.Series
        The group of each person, same index; who has none is left out.
    wanted : sequence of str
        Parts whose shares would be shown, group by group.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    list of str
        Those of `wanted`, in its order, without the smallest, until the people in no part that is
        kept are enough in every group that has enough people at all, or one is kept.

    Notes
    -----
    Shares of all parts add up to one: what is left of a group is known from those shown.

    Examples
    --------
    >>> from analysis import survey
    >>> said = ["phone"] * 40 + ["web"] * 30 + ["desk"] * 20 + ["other"] * 3
    >>> parts, north = pd.get_dummies(pd.Series(said)), pd.Series(["north"] * 93)
    >>> kept_parts(parts, north, ["desk", "phone", "web"], survey.load("herts_2023").codebook)
    ['phone', 'web']
    """
    rule = rule_of(codebook)
    counts = parts.groupby(groups.loc[parts.index], observed=True).sum()
    counts = counts[~rule.few(counts.sum(axis=1))]
    order = list(counts[list(wanted)].sum().sort_values(kind="stable").index)
    while len(order) > 1 and rule.few(counts.drop(columns=order).sum(axis=1)).any():
        order.pop(0)
    return [each for each in wanted if each in order]

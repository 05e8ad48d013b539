"""What may be shown of weighted shares, beside shares of all people without weights."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.privacy._rule import Rule
from analysis.privacy._suppression import hide_small


def weights_tell(
    n: int | np.ndarray, n_weighted: int | np.ndarray, *, rule: Rule
) -> bool | np.ndarray:
    """Tell whether weighted shares would tell of few people, beside shares of all of them.

    Parameters
    ----------
    n : int or numpy.ndarray
        People who answered.
    n_weighted : int or numpy.ndarray
        Those of them who have a weight.
    rule : Rule
        How few people are too few.

    Returns
    -------
    bool or numpy.ndarray
        Whether few have a weight, or few have none: with weights that are nearly equal, the two
        shares would tell what these said. Where everybody has one, nobody is left to tell of.

    Examples
    --------
    >>> [bool(weights_tell(100, each, rule=Rule(10))) for each in (100, 98, 80, 9)]
    [False, True, False, True]
    """
    without = n - n_weighted
    return rule.few(n_weighted) | ((without > 0) & rule.few(without))


def hidden_weighted(
    n_yes: Sequence[int], n: int, weighted_yes: Sequence[int], n_weighted: int, *, rule: Rule,
    complete: bool, together: Sequence[bool] | None = None,
) -> np.ndarray:  # fmt: skip
    """Choose the weighted shares of answers that are hidden beside the shares of all people.

    Parameters
    ----------
    n_yes : sequence of int
        People who gave each answer.
    n : int
        People who answered.
    weighted_yes, n_weighted
        The same of those who have a weight.
    rule : Rule
        How few people are too few.
    complete : bool
        True if the answers add up to everybody.
    together : sequence of bool, optional
        Which answers are known together. Then a small one is hidden with others of its side.

    Returns
    -------
    numpy.ndarray
        Boolean, an answer each. All are hidden if few people answered without having a weight
        (`weights_tell`).

    Examples
    --------
    >>> hidden_weighted([40, 60], 100, [38, 60], 98, rule=Rule(10), complete=True).tolist()
    [True, True]
    >>> hidden_weighted([40, 60], 100, [30, 50], 80, rule=Rule(10), complete=True).tolist()
    [False, False]
    """
    if weights_tell(n, n_weighted, rule=rule):
        return np.ones(len(n_yes), dtype=bool)
    frame = pd.DataFrame({"people": n_yes, "weighted": weighted_yes}).assign(share=0.0)
    frame["rest"] = n_weighted - frame["weighted"]
    counts = ["people", "weighted", *([] if complete else ["rest"])]
    hidden = rule.few(frame["rest"])
    sides = np.zeros(len(frame)) if together is None else np.asarray(together)
    for _, side in frame.groupby(sides):
        shown = hide_small(side, counts=counts, values=["share"], rule=rule, complete=complete)
        hidden[side.index] |= shown["share"].isna()
    return hidden.to_numpy()


def hidden_weighted_groups(
    n: Sequence[int], weighted_yes: Sequence[int], n_weighted: Sequence[int], *, rule: Rule
) -> np.ndarray:
    """Choose the groups of people whose weighted share is hidden beside the unweighted one.

    Parameters
    ----------
    n : sequence of int
        People of each group who answered.
    weighted_yes, n_weighted
        Those of them who are a yes and have a weight, and all who have one.
    rule : Rule
        How few people are too few.

    Returns
    -------
    numpy.ndarray
        Boolean, a group each: where few with a weight are a yes, or are not, where few of the
        group have no weight (`weights_tell`), and a second one if one alone is hidden. A group in
        which nobody has a weight has no share.

    Examples
    --------
    >>> hidden_weighted_groups([80, 60, 50], [30, 30, 25], [65, 57, 50], rule=Rule(10)).tolist()
    [False, True, True]
    """
    everybody, heavy = (np.asarray(each, dtype=float) for each in (n, n_weighted))
    yes = np.asarray(weighted_yes, dtype=float)
    hidden, there = np.ones(len(heavy), dtype=bool), heavy > 0
    frame = pd.DataFrame({"yes": yes, "no": heavy - yes, "share": 0.0})[there]
    shown = hide_small(frame, counts=["yes", "no"], values=["share"], rule=rule, complete=True)
    hidden[there] = shown["share"].isna() | weights_tell(everybody, heavy, rule=rule)[there]
    others = np.flatnonzero(~hidden)
    if (hidden & there).sum() == 1 and len(others):
        hidden[others[np.argmin(np.minimum(yes, heavy - yes)[others])]] = True
    return hidden

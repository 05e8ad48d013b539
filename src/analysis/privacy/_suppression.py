"""Which numbers of a table are hidden, and which others with them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.privacy._marks import hide
from analysis.privacy._rule import Rule


def hide_small(
    frame: pd.DataFrame,
    *,
    counts: Sequence[str],
    values: Sequence[str],
    rule: Rule,
    complete: bool,
    known_zero: Sequence[bool] | None = None,
) -> pd.DataFrame:
    """Blank the numbers of rows that rest on too few people, and of one more if needed.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a category; a column `n`, if there is one, is the base of the row.
    counts : sequence of str
        Columns of people counted. A row is hidden if one of them is below the threshold, or
        leaves fewer people than the threshold outside.
    values : sequence of str
        Columns that are set to missing in hidden rows.
    rule : Rule
        How few people are too few.
    complete : bool
        True if the rows add up to a total that readers know. Then the smallest shown rows are
        hidden too, until the hidden ones together hold the threshold in every count and are two
        or more (secondary suppression): no difference gives a small number away.
    known_zero : sequence of bool, optional
        True for rows whose count of 0 follows from the questionnaire and tells nothing.

    Returns
    -------
    pandas.DataFrame
        A copy; hidden numbers are NA.

    Examples
    --------
    >>> frame = pd.DataFrame({"channel": list("abc"), "n_used": [50, 30, 4]})
    >>> hide_small(frame, counts=["n_used"], values=["n_used"], rule=Rule(10), complete=True)
      channel  n_used
    0       a    50.0
    1       b     NaN
    2       c     NaN
    """
    people = frame[list(counts)].to_numpy(dtype=float)
    exempt = np.zeros(len(frame), bool) if known_zero is None else np.asarray(known_zero, bool)
    small = rule.few(people) & ~((people == 0) & exempt[:, None])
    if "n" in frame and "n" not in counts:
        rest = frame[["n"]].to_numpy(dtype=float) - people
        small |= rule.few(rest)
    hidden = small.any(axis=1)
    if complete and hidden.any():
        candidates = np.argsort(people.min(axis=1), kind="stable")
        for row in candidates:
            if hidden.sum() > 1 and not rule.few(people[hidden].sum(axis=0)).any():
                break
            if not exempt[row]:
                hidden[row] = True
    shown = frame.copy()
    for column in values:
        shown[column] = hide(shown[column], hidden)
    return shown


def hidden_levels(
    people: np.ndarray,
    group_people: np.ndarray,
    member: np.ndarray,
    *,
    rule: Rule,
    also: tuple[np.ndarray, np.ndarray] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Choose what to hide of counts at two levels that add up.

    Parameters
    ----------
    people : numpy.ndarray
        Counts of channels, shape (channels, questions); infinite where a count tells nothing.
    group_people : numpy.ndarray
        Counts of groups of channels, shape (groups, questions); their total is known.
    member : numpy.ndarray
        Number of the group of each channel, shape (channels,).
    rule : Rule
        How few people are too few.
    also : tuple of numpy.ndarray, optional
        Boolean, the channels and the groups that are hidden whatever they count.

    Returns
    -------
    tuple of numpy.ndarray
        Boolean, which channels and which groups are hidden: the small ones, and the smallest
        others until the hidden parts of every known total are none, or two and more that
        together hold the threshold.

    Examples
    --------
    >>> channels, groups = hidden_levels(
    ...     np.array([[50.0], [4], [30], [25]]), np.array([[54.0], [55]]), np.array([0, 0, 1, 1]),
    ...     rule=Rule(10),
    ... )
    >>> channels.tolist(), groups.tolist()
    ([True, True, False, False], [False, False])
    """
    channels = rule.few(people).any(axis=1)
    groups = rule.few(group_people).any(axis=1)
    if also is not None:
        channels, groups = channels | also[0], groups | also[1]
    while True:
        before = channels.sum() + groups.sum()
        for number in range(len(groups)):
            mine = member == number
            if groups[number] and not channels[mine].any():
                _hide_smallest(channels, people, mine)
            elif not groups[number] and _gives_away(channels, people, mine, rule):
                if channels[mine].all():
                    groups[number] = True
                else:
                    _hide_smallest(channels, people, mine)
        everything, pooled = np.ones(len(groups), dtype=bool), groups[member]
        if _gives_away(groups, group_people, everything, rule) and not groups.all():
            _hide_smallest(groups, group_people, everything)
        elif _gives_away(channels, people, pooled, rule) and not channels[pooled].all():
            _hide_smallest(channels, people, pooled)
        if channels.sum() + groups.sum() == before:
            return channels, groups


def _gives_away(hidden: np.ndarray, people: np.ndarray, line: np.ndarray, rule: Rule) -> bool:
    """Tell whether the total of a line less its shown parts gives a small count away.

    Of each question: a count that is known to be 0 from the questionnaire hides no other one.
    """
    secret = hidden & line
    if not secret.any():
        return False
    known = np.isinf(people[secret])
    together = np.where(known, 0.0, people[secret]).sum(axis=0)
    alone = ((~known).sum(axis=0) == 1).any()
    few = rule.few(together).any() and not hidden[line].all()
    return bool(secret.sum() == 1 or (alone and not hidden[line].all()) or few)


def _hide_smallest(hidden: np.ndarray, people: np.ndarray, line: np.ndarray) -> None:
    """Hide the smallest part of a line, first of those of which nothing is known."""
    candidates = np.flatnonzero(line & ~hidden)
    finite = candidates[np.isfinite(people[candidates]).all(axis=1)]
    candidates = finite if len(finite) else candidates
    hidden[candidates[np.argmin(people[candidates].min(axis=1))]] = True

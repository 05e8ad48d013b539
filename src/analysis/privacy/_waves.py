"""What may be shown of two waves beside each other, and of the difference between them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.privacy._predictions import shown_margins
from analysis.privacy._rule import Rule
from analysis.privacy._suppression import hidden_levels, hide_small
from analysis.privacy._weighted import hidden_weighted
from analysis.survey.codebook import Codebook


def hidden_in_either(
    yes: Sequence[Sequence[int]], n: Sequence[int], *, rule: Rule, complete: bool
) -> np.ndarray:
    """Choose the answers that are hidden in the comparison of two waves.

    Parameters
    ----------
    yes : sequence of two sequences of int
        People of each wave who gave each answer.
    n : sequence of two int
        People of each wave who answered.
    rule : Rule
        How few people are too few, the stricter of the two waves (`with_stricter_rule`).
    complete : bool
        True if the answers add up to everybody.

    Returns
    -------
    numpy.ndarray
        Boolean, an answer each. What few people of one wave gave, or few did not, is hidden in
        both, and its difference with it: the other wave's share is in that wave's own report, and
        a difference beside it would tell the hidden one. Of answers that add up others are hidden
        until the hidden ones together hold the threshold in both waves.

    Examples
    --------
    >>> hidden_in_either([[40, 30, 30], [40, 56, 4]], [100, 100], rule=Rule(10), complete=True)
    array([False,  True,  True])
    """
    frame = pd.DataFrame({"share": np.zeros(len(yes[0]))})
    for wave, (count, total) in enumerate(zip(yes, n, strict=True)):
        frame[f"yes_{wave}"] = np.asarray(count, dtype=float)
        frame[f"no_{wave}"] = total - frame[f"yes_{wave}"]
    shown = hide_small(
        frame,
        counts=[name for name in frame if name != "share"],
        values=["share"],
        rule=rule,
        complete=complete,
    )
    return shown["share"].isna().to_numpy(copy=True)


def hidden_groups_in_either(
    channels: Sequence[Sequence[int]],
    groups: Sequence[Sequence[int]],
    member: Sequence[int],
    *,
    rule: Rule,
    also: tuple[np.ndarray, np.ndarray] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Choose the answers, and the groups of answers, that are hidden beside each other.

    Parameters
    ----------
    channels, groups : sequence of two sequences of int
        People of each wave who gave each answer, and each group of answers. Both add up to
        everybody, and the answers of a group to it.
    member : sequence of int
        The number of the group of each answer.
    rule : Rule
        How few people are too few, the stricter of the two waves.
    also : tuple of numpy.ndarray, optional
        Boolean, the answers and the groups that are hidden whatever they count.

    Returns
    -------
    tuple of numpy.ndarray
        Boolean, which answers and which groups: as `hidden_levels` of both waves at once.

    Examples
    --------
    >>> hidden = hidden_groups_in_either(
    ...     [[50, 9, 30, 25], [50, 40, 30, 25]], [[59, 55], [90, 55]], [0, 0, 1, 1], rule=Rule(10)
    ... )
    >>> hidden[0].tolist(), hidden[1].tolist()
    ([True, True, False, False], [False, False])
    """
    people, together = (
        np.array([list(each) for each in counts], dtype=float).T for counts in (channels, groups)
    )
    return hidden_levels(people, together, np.asarray(member), rule=rule, also=also)


def hidden_places_in_either(
    yes: Sequence[Sequence[int]], n: Sequence[Sequence[int]], codebook: Codebook
) -> np.ndarray:
    """Choose the places, such as districts, whose shares are hidden in the comparison of two waves.

    Parameters
    ----------
    yes, n : sequence of two sequences of int
        People of each place who gave an answer, and who answered, a wave each. The places are all
        that people named, so that readers may know their sums.
    codebook : Codebook
        Has the threshold, the larger of the two waves.

    Returns
    -------
    numpy.ndarray
        Boolean, a place each: what a report of either wave hides of unadjusted shares
        (`shown_margins`). Places that few people of one wave said yes in, or few said no, are
        hidden in both, and others with them, until the small counts have room in that wave.

    Examples
    --------
    >>> from analysis import survey
    >>> codebook = survey.load("herts_2023").codebook
    >>> yes, n = [[30, 40, 50, 60], [30, 4, 50, 60]], [[60, 80, 100, 120], [60, 80, 100, 120]]
    >>> hidden_places_in_either(yes, n, codebook).tolist()
    [True, True, False, False]
    """
    hidden = np.zeros(len(yes[0]), dtype=bool)
    for count, total in zip(yes, n, strict=True):
        people, top = (np.asarray(each, dtype=float) for each in (total, count))
        wave = pd.DataFrame({"n": people, "n_top": top}).assign(variable="place")
        for name in ("raw_share", "estimate", "std_error", "conf_low", "conf_high"):
            wave[name] = 0.0
        hidden |= shown_margins(wave, codebook)["raw_share"].isna().to_numpy()
    return hidden


def hidden_weighted_in_either(
    yes: Sequence[Sequence[int]],
    n: Sequence[int],
    weighted_yes: Sequence[Sequence[int]],
    n_weighted: Sequence[int],
    *,
    rule: Rule,
    complete: bool,
) -> np.ndarray:
    """Choose the answers whose weighted shares are hidden in the comparison of two waves.

    Parameters
    ----------
    yes, n, rule, complete
        As for `hidden_in_either`.
    weighted_yes, n_weighted
        The same of the people who have a weight.

    Returns
    -------
    numpy.ndarray
        Boolean, an answer each: what `hidden_weighted` hides of one wave is hidden in both.

    Examples
    --------
    >>> hidden_weighted_in_either(
    ...     [[40, 60], [50, 50]], [100, 100], [[30, 50], [48, 50]], [80, 98],
    ...     rule=Rule(10), complete=True,
    ... )
    array([ True,  True])
    """
    each = [
        hidden_weighted(*counts, rule=rule, complete=complete)
        for counts in zip(yes, n, weighted_yes, n_weighted, strict=True)
    ]
    return np.logical_or(*each)

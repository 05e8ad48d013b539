"""Replies that are the same, told from those of two people who merely answered alike."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

#: The share of the replies found that chance may account for.
CHANCE_ALLOWED = 0.05


@dataclass(frozen=True, kw_only=True)
class SameReplies:
    """Pairs of replies that are one person's.

    `beside` maps a reply to those that are the same, `by_chance` is how many of the replies that
    leave are expected to be of people who merely answered alike.
    """

    beside: Mapping[object, set]
    by_chance: float


@dataclass(frozen=True, kw_only=True)
class _Coded:
    """Replies in the order of time: answers as numbers, 0 for none, and what they tell.

    `length` is where the last answer stands, `told` (replies x columns) the negative logarithm of
    the chance that somebody else gives the same answers up to a column, `moments` are seconds.
    """

    codes: np.ndarray
    length: np.ndarray
    told: np.ndarray
    moments: np.ndarray
    rank: np.ndarray


def find_same(
    answers: pd.DataFrame,
    moments: pd.Series,
    rank: pd.Series,
    *,
    within: pd.Timedelta,
    choices: Mapping[str, int],
) -> SameReplies:
    """Find the replies that repeat another, or its beginning, sent shortly before or after.

    Parameters
    ----------
    answers : pandas.DataFrame
        Whole numbers that stand for texts, 0 for none: replies x columns in the order of the
        questionnaire.
    moments : pandas.Series
        When each reply was sent; one without a time is never the same as another.
    rank : pandas.Series
        0, 1, 2, ...: of two replies that are the same the one with the higher rank leaves.
    within : pandas.Timedelta
        How close they are.
    choices : mapping of str to int
        Column -> how many answers it has: in a survey too small to say more, each is as likely.

    Returns
    -------
    SameReplies
        Empty if no agreement is improbable enough.

    Examples
    --------
    >>> answers = pd.DataFrame({"age": [1, 1, 2], "why": [1, 1, 2]})
    >>> moments = pd.Timestamp("2023-10-03") + pd.to_timedelta(pd.Series([600, 620, 3000]), "min")
    >>> hour, choices = pd.Timedelta(hours=1), {"age": 60, "why": 100}
    >>> find_same(answers, moments, pd.Series([0, 1, 2]), within=hour, choices=choices).beside
    {1: {0}}

    Notes
    -----
    Two replies agree if the shorter one equals the beginning of the other, cell by cell. With N
    close pairs of which the shorter is as long, and q the chance that somebody gives these
    answers, N q such pairs come about by chance; q is the product of the answers' shares among the
    other replies, (count - 1) / (answered - 2 + choices), or, if that is larger, the number of
    other times at which such a reply was sent, over all replies. Pairs are taken in the order of
    N q, as far as the number expected by chance stays within `CHANCE_ALLOWED` of the replies
    found. The number expected is measured: pairs further apart than `within` that agree as
    improbably, times close pairs per pair further apart. They are two people's; if not, the
    number is too large. To it comes what so many pairs cannot show: one of them, or, if that is
    less, the largest N q taken times the lengths that occur (answers of chance q or less have the
    chance q together at most, if independent).
    """
    timed = moments.dropna().sort_values(kind="stable").index
    if len(timed) < 2 or not answers.shape[1]:
        return SameReplies(beside={}, by_chance=0.0)
    coded = _code(answers.loc[timed], moments.loc[timed], rank.loc[timed], choices)
    seconds = int(within.total_seconds())
    groups, pairs, lengths = [], [], 0
    prefix = np.zeros(len(timed), dtype=np.int64)
    for column in range(answers.shape[1]):
        code = coded.codes[:, column]
        prefix = np.unique(prefix * (code.max() + 1) + code, return_inverse=True)[1]
        if (coded.length == column + 1).any():
            made = _agreeing(coded, prefix, column + 1, seconds)
            lengths += made is not None
            groups += [made[0]] if made else []
            pairs += [made[1]] if made else []
    if not pairs:
        return SameReplies(beside={}, by_chance=0.0)
    found = pd.concat(pairs, ignore_index=True)
    close = _close(coded.moments, seconds)
    one = close / max(_pairs(len(timed)) - close, 1)
    limit, by_chance = _limit(pd.concat(groups, ignore_index=True), found, lengths, one)
    beside: dict[object, set] = {}
    taken = found[found["expected"] <= limit]
    leaves, stays = (timed[taken[name].to_numpy()].tolist() for name in ("leaves", "stays"))
    for reply, other in zip(leaves, stays, strict=True):
        beside.setdefault(reply, set()).add(other)
    return SameReplies(beside=beside, by_chance=by_chance)


def _code(
    answers: pd.DataFrame, moments: pd.Series, rank: pd.Series, choices: Mapping[str, int]
) -> _Coded:
    codes = np.zeros(answers.shape, dtype=np.int64)
    told = np.zeros(answers.shape)
    for at, name in enumerate(answers.columns):
        column = answers[name].to_numpy()
        filled = column != 0
        codes[filled, at] = pd.factorize(column[filled])[0] + 1
        counts = np.bincount(codes[:, at])[codes[:, at]]
        among = filled.sum() - 2 + choices[name]
        told[filled, at] = -np.log((counts[filled] - 1).clip(1) / max(among, 1))
    length = np.where(codes > 0, np.arange(1, codes.shape[1] + 1), 0).max(axis=1)
    return _Coded(
        codes=codes,
        length=length,
        told=told.cumsum(axis=1),
        moments=((moments - moments.min()) // pd.Timedelta(seconds=1)).to_numpy(),
        rank=rank.to_numpy(),
    )


def _agreeing(
    coded: _Coded, prefix: np.ndarray, length: int, within: int
) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the groups and the close pairs that agree and of which the shorter is so long."""
    rows = np.flatnonzero(coded.length >= length)
    ends = coded.length[rows] == length
    longer = rows[~ends]
    close = _close(coded.moments[rows], within) - _close(coded.moments[longer], within)
    if not close:
        return None
    apart = _pairs(len(rows)) - _pairs(len(longer)) - close
    size = np.bincount(prefix[rows], minlength=prefix.max() + 1)
    shorter = np.bincount(prefix[rows[ends]], minlength=len(size))
    here = _close_by_group(coded, prefix, rows, within)
    here -= _close_by_group(coded, prefix, longer, within)
    further = _pairs(size) - _pairs(size - shorter) - here
    chance = np.zeros(len(size))
    chance[prefix[rows]] = np.exp(-coded.told[rows, length - 1])
    times = _times(coded, prefix, rows, within)
    expected = close * np.maximum(chance, (times - 1) / len(rows))
    groups = pd.DataFrame(
        {
            "expected": close * np.maximum(chance, (times - 2) / len(rows)),
            "alike": further * close / max(apart, 1),
        }
    )
    wanted = (here > 0) & (expected <= CHANCE_ALLOWED * len(coded.length))
    one, two = _close_pairs(rows[wanted[prefix[rows]]], prefix, coded, length, within)
    swapped = coded.rank[one] < coded.rank[two]
    pairs = pd.DataFrame(
        {
            "leaves": np.where(swapped, two, one),
            "stays": np.where(swapped, one, two),
            "expected": expected[prefix[one]],
        }
    )
    return groups[further > 0], pairs


def _limit(
    groups: pd.DataFrame, pairs: pd.DataFrame, lengths: int, one: float
) -> tuple[float, float]:
    """Return up to which `expected` pairs count, and how many are expected by chance.

    `one` is how many close pairs one pair further apart stands for.
    """
    best = np.sort(pairs.groupby("leaves")["expected"].min().to_numpy())
    groups = groups.sort_values("expected")
    alike = np.concatenate([[0.0], groups["alike"].cumsum().to_numpy()])
    measured = alike[np.searchsorted(groups["expected"].to_numpy(), best, side="right")]
    found = np.searchsorted(best, best, side="right")
    by_chance = measured + np.minimum(one, lengths * best)
    within = np.flatnonzero(by_chance <= CHANCE_ALLOWED * found)
    return (best[within[-1]], float(by_chance[within[-1]])) if len(within) else (-1.0, 0.0)


def _close_pairs(
    members: np.ndarray, prefix: np.ndarray, coded: _Coded, length: int, within: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs with equal prefix and close in time of which one ends at a length."""
    members = members[np.argsort(prefix[members], kind="stable")]
    ones, twos = [members[:0]], [members[:0]]
    for step in range(1, len(members)):
        one, two = members[:-step], members[step:]
        close = (prefix[one] == prefix[two]) & (coded.moments[two] - coded.moments[one] <= within)
        if not close.any():
            break
        close &= (coded.length[one] == length) | (coded.length[two] == length)
        ones.append(one[close])
        twos.append(two[close])
    return np.concatenate(ones), np.concatenate(twos)


def _times(coded: _Coded, prefix: np.ndarray, rows: np.ndarray, within: int) -> np.ndarray:
    """Count the times, further apart than `within`, at which rows with equal prefix were sent."""
    rows = rows[np.argsort(prefix[rows], kind="stable")]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = prefix[rows[1:]] != prefix[rows[:-1]]
    first[1:] |= np.diff(coded.moments[rows]) > within
    return np.bincount(prefix[rows[first]], minlength=prefix.max() + 1)


def _close_by_group(coded: _Coded, prefix: np.ndarray, rows: np.ndarray, within: int) -> np.ndarray:
    """Count the close pairs of rows with equal prefix, by prefix."""
    long = coded.moments.max() + within + 1  # so that no pair of two groups is close
    moments = coded.moments[rows] + prefix[rows] * long
    order = np.argsort(moments)
    after = np.searchsorted(moments[order], moments[order] + within, side="right")
    counts = np.bincount(
        prefix[rows[order]], weights=after - np.arange(len(rows)) - 1, minlength=prefix.max() + 1
    )
    return counts.astype(np.int64)


def _close(moments: np.ndarray, within: int) -> int:
    """Count the pairs of sorted times that are close."""
    after = np.searchsorted(moments, moments + within, side="right")
    return int((after - np.arange(len(moments)) - 1).sum())


def _pairs(n: int | np.ndarray) -> int | np.ndarray:
    return n * (n - 1) // 2

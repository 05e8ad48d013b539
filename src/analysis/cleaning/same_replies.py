"""Replies that are the same, told from those of two people who merely answered alike."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

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
class _Timed:
    """Replies in the order of time.

    `length` is where the last answer of each stands, counted from 1, `moments` are seconds.
    """

    length: np.ndarray
    moments: np.ndarray
    rank: np.ndarray
    within: int

    @cached_property
    def close(self) -> np.ndarray:
        """How many close pairs there are of replies of at least each length, from 0 on."""
        after = np.searchsorted(self.moments, self.moments + self.within, side="right")
        found = []
        for length in range(int(self.length.max(initial=0)) + 2):
            before = np.concatenate([[0], np.cumsum(self.length >= length)])
            found.append(np.diff(before) @ (before[after] - before[1:]))
        return np.array(found)


@dataclass(frozen=True, kw_only=True)
class _Begun:
    """Replies that begin like another, as far as a length.

    In the order of `prefix`, which says how they begin, and then of time; `rows` are their places
    among all. `sizes` is how many beginnings there are.
    """

    rows: np.ndarray
    prefix: np.ndarray
    sizes: int

    @classmethod
    def of(cls, rows: np.ndarray, prefix: np.ndarray) -> "_Begun":
        """Put replies in order of time into that order."""
        order = np.argsort(prefix, kind="stable")
        return cls(rows=rows[order], prefix=prefix[order], sizes=int(prefix.max(initial=-1)) + 1)

    def among(self, kept: np.ndarray) -> "_Begun":
        """Keep some of the replies."""
        return replace(self, rows=self.rows[kept], prefix=self.prefix[kept])

    def counts(self) -> np.ndarray:
        """Count them by how they begin."""
        return np.bincount(self.prefix, minlength=self.sizes)


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
    order = np.argsort(moments.to_numpy(), kind="stable")
    order = order[: int(moments.notna().sum())]  # those without a time are sorted last
    if len(order) < 2 or not answers.shape[1]:
        return SameReplies(beside={}, by_chance=0.0)
    timed = _timed(answers, moments, rank, order, int(within.total_seconds()))
    groups, pairs, lengths = [], [], 0
    told = np.zeros(len(order))
    rows, prefix = np.arange(len(order)), np.zeros(len(order), dtype=np.int64)
    for length, name in enumerate(answers.columns, start=1):
        codes = answers[name].to_numpy()[order]
        told += _told(codes, choices[name])
        rows, prefix = _alike(rows, prefix, codes, timed.length[rows] >= length)
        if (timed.length == length).any():
            made = _agreeing(timed, told, _Begun.of(rows, prefix), length)
            lengths += made is not None
            groups += [made[0]] if made else []
            pairs += [made[1]] if made else []
    if not pairs:
        return SameReplies(beside={}, by_chance=0.0)
    found = pd.concat(pairs, ignore_index=True)
    close = int(timed.close[0])
    one = close / max(_pairs(len(order)) - close, 1)
    limit, by_chance = _limit(pd.concat(groups, ignore_index=True), found, lengths, one)
    beside: dict[object, set] = {}
    taken = found[found["expected"] <= limit]
    replies = answers.index[order]
    leaves, stays = (replies[taken[name].to_numpy()].tolist() for name in ("leaves", "stays"))
    for reply, other in zip(leaves, stays, strict=True):
        beside.setdefault(reply, set()).add(other)
    return SameReplies(beside=beside, by_chance=by_chance)


def _timed(
    answers: pd.DataFrame, moments: pd.Series, rank: pd.Series, order: np.ndarray, within: int
) -> _Timed:
    length = np.zeros(len(answers), dtype=np.int16)
    for place, name in enumerate(answers.columns, start=1):
        length[answers[name].to_numpy() != 0] = place
    seconds = (moments - moments.min()) // pd.Timedelta(seconds=1)
    return _Timed(
        length=length[order],
        moments=seconds.to_numpy()[order].astype(np.int64),
        rank=rank.to_numpy()[order],
        within=within,
    )


def _told(codes: np.ndarray, choices: int) -> np.ndarray:
    """Return the negative logarithm of the chance that somebody else gives each answer."""
    filled = codes != 0
    counts, among = np.bincount(codes), filled.sum() - 2 + choices
    told = -np.log((counts - 1).clip(1) / max(among, 1))
    told[0] = 0
    return told[codes]


def _alike(
    rows: np.ndarray, prefix: np.ndarray, codes: np.ndarray, long: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Tell the beginnings of replies apart by one more answer; only those shared go on.

    Also left out are replies whose last answer stands further ahead, all but the `long` ones.
    """
    rows, prefix = rows[long], prefix[long]
    codes = codes[rows].astype(np.int64)
    prefix = pd.factorize(prefix * (int(codes.max(initial=0)) + 1) + codes)[0]
    several = np.bincount(prefix) > 1
    shared = several[prefix]
    return rows[shared], (np.cumsum(several) - 1)[prefix[shared]]


def _agreeing(
    timed: _Timed, told: np.ndarray, begun: _Begun, length: int
) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the groups and the close pairs that agree and of which the shorter is so long.

    `begun` are the replies that long of which another begins alike.
    """
    close = int(timed.close[length] - timed.close[length + 1])
    if not close:
        return None
    n, beyond = (int((timed.length >= each).sum()) for each in (length, length + 1))
    apart = _pairs(n) - _pairs(beyond) - close
    ends = timed.length[begun.rows] == length
    size, shorter = begun.counts(), begun.among(ends).counts()
    here = _close_by_group(timed, begun) - _close_by_group(timed, begun.among(~ends))
    further = _pairs(size) - _pairs(size - shorter) - here
    chance = np.zeros(begun.sizes)
    chance[begun.prefix] = np.exp(-told[begun.rows])
    times = _times(timed, begun)
    expected = close * np.maximum(chance, (times - 1) / n)
    groups = pd.DataFrame(
        {
            "expected": close * np.maximum(chance, (times - 2) / n),
            "alike": further * close / max(apart, 1),
        }
    )
    wanted = (here > 0) & (expected <= CHANCE_ALLOWED * len(timed.length))
    one, two, begin = _close_pairs(timed, begun.among(wanted[begun.prefix]), length)
    swapped = timed.rank[one] < timed.rank[two]
    pairs = pd.DataFrame(
        {
            "leaves": np.where(swapped, two, one),
            "stays": np.where(swapped, one, two),
            "expected": expected[begin],
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
    timed: _Timed, begun: _Begun, length: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the pairs that begin alike and are close in time, of which one ends at a length.

    Besides the two of each pair, how they begin.
    """
    rows, prefix = begun.rows, begun.prefix
    moments, ends = timed.moments[rows], timed.length[rows] == length
    found = [np.zeros((3, 0), dtype=np.int64)]
    for step in range(1, len(rows)):
        close = prefix[:-step] == prefix[step:]
        close &= moments[step:] - moments[:-step] <= timed.within
        if not close.any():
            break
        close &= ends[:-step] | ends[step:]
        found.append(np.stack([rows[:-step][close], rows[step:][close], prefix[step:][close]]))
    one, two, begin = np.concatenate(found, axis=1)
    return one, two, begin


def _times(timed: _Timed, begun: _Begun) -> np.ndarray:
    """Count the times, further apart than `within`, at which replies that begin alike were sent."""
    first = np.ones(len(begun.rows), dtype=bool)
    first[1:] = begun.prefix[1:] != begun.prefix[:-1]
    first[1:] |= np.diff(timed.moments[begun.rows]) > timed.within
    return begun.among(first).counts()


def _close_by_group(timed: _Timed, begun: _Begun) -> np.ndarray:
    """Count the close pairs of replies that begin alike, by how they begin."""
    long = timed.moments.max() + timed.within + 1  # so that no pair of two groups is close
    moments = timed.moments[begun.rows] + begun.prefix * long
    after = np.searchsorted(moments, moments + timed.within, side="right")
    pairs = after - np.arange(len(moments)) - 1
    return np.bincount(begun.prefix, weights=pairs, minlength=begun.sizes).astype(np.int64)


def _pairs(n: int | np.ndarray) -> int | np.ndarray:
    return n * (n - 1) // 2

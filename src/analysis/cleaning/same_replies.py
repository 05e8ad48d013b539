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
class _Timed:
    """Replies in the order of time.

    `length` is where the last answer of each stands, counted from 1, `moments` are seconds.
    """

    length: np.ndarray
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
    order = np.argsort(moments.to_numpy(), kind="stable")
    order = order[: int(moments.notna().sum())]  # those without a time are sorted last
    if len(order) < 2 or not answers.shape[1]:
        return SameReplies(beside={}, by_chance=0.0)
    timed = _timed(answers, moments, rank, order)
    seconds = int(within.total_seconds())
    groups, pairs, lengths = [], [], 0
    told = np.zeros(len(order))
    rows, prefix = np.arange(len(order)), np.zeros(len(order), dtype=np.int64)
    for length, name in enumerate(answers.columns, start=1):
        codes = answers[name].to_numpy()[order]
        told += _told(codes, choices[name])
        rows, prefix = _alike(rows, prefix, codes, timed.length[rows] >= length)
        if (timed.length == length).any():
            made = _agreeing(timed, told, rows, prefix, length, seconds)
            lengths += made is not None
            groups += [made[0]] if made else []
            pairs += [made[1]] if made else []
    if not pairs:
        return SameReplies(beside={}, by_chance=0.0)
    found = pd.concat(pairs, ignore_index=True)
    close = _close(timed.moments, seconds)
    one = close / max(_pairs(len(order)) - close, 1)
    limit, by_chance = _limit(pd.concat(groups, ignore_index=True), found, lengths, one)
    beside: dict[object, set] = {}
    taken = found[found["expected"] <= limit]
    replies = answers.index[order]
    leaves, stays = (replies[taken[name].to_numpy()].tolist() for name in ("leaves", "stays"))
    for reply, other in zip(leaves, stays, strict=True):
        beside.setdefault(reply, set()).add(other)
    return SameReplies(beside=beside, by_chance=by_chance)


def _timed(answers: pd.DataFrame, moments: pd.Series, rank: pd.Series, order: np.ndarray) -> _Timed:
    length = np.zeros(len(answers), dtype=np.int16)
    for place, name in enumerate(answers.columns, start=1):
        length[answers[name].to_numpy() != 0] = place
    seconds = (moments - moments.min()) // pd.Timedelta(seconds=1)
    return _Timed(
        length=length[order],
        moments=seconds.to_numpy()[order].astype(np.int64),
        rank=rank.to_numpy()[order],
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
    shared = np.bincount(prefix)[prefix] > 1
    return rows[shared], pd.factorize(prefix[shared])[0]


def _agreeing(
    timed: _Timed,
    told: np.ndarray,
    rows: np.ndarray,
    prefix: np.ndarray,
    length: int,
    within: int,
) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the groups and the close pairs that agree and of which the shorter is so long.

    `rows` are the replies that long of which another begins alike, `prefix` how they begin.
    """
    every = timed.length >= length
    beyond = timed.length > length
    close = _close(timed.moments[every], within) - _close(timed.moments[beyond], within)
    if not close:
        return None
    n = int(every.sum())
    apart = _pairs(n) - _pairs(int(beyond.sum())) - close
    ends = timed.length[rows] == length
    sizes = int(prefix.max(initial=-1)) + 1
    size = np.bincount(prefix, minlength=sizes)
    shorter = np.bincount(prefix[ends], minlength=sizes)
    here = _close_by_group(timed, rows, prefix, within, sizes)
    here -= _close_by_group(timed, rows[~ends], prefix[~ends], within, sizes)
    further = _pairs(size) - _pairs(size - shorter) - here
    chance = np.zeros(sizes)
    chance[prefix] = np.exp(-told[rows])
    times = _times(timed, rows, prefix, within, sizes)
    expected = close * np.maximum(chance, (times - 1) / n)
    groups = pd.DataFrame(
        {
            "expected": close * np.maximum(chance, (times - 2) / n),
            "alike": further * close / max(apart, 1),
        }
    )
    wanted = (here > 0) & (expected <= CHANCE_ALLOWED * len(timed.length))
    one, two, begin = _close_pairs(rows, prefix, wanted, timed, length, within)
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
    rows: np.ndarray,
    prefix: np.ndarray,
    wanted: np.ndarray,
    timed: _Timed,
    length: int,
    within: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the pairs that begin alike and are close in time, of which one ends at a length.

    Besides the two of each pair, how they begin; only beginnings that are `wanted`.
    """
    kept = wanted[prefix]
    rows, prefix = rows[kept], prefix[kept]
    order = np.argsort(prefix, kind="stable")
    rows, prefix = rows[order], prefix[order]
    moments, ends = timed.moments[rows], timed.length[rows] == length
    found = [np.zeros((3, 0), dtype=np.int64)]
    for step in range(1, len(rows)):
        close = (prefix[:-step] == prefix[step:]) & (moments[step:] - moments[:-step] <= within)
        if not close.any():
            break
        close &= ends[:-step] | ends[step:]
        found.append(np.stack([rows[:-step][close], rows[step:][close], prefix[step:][close]]))
    one, two, begin = np.concatenate(found, axis=1)
    return one, two, begin


def _times(
    timed: _Timed, rows: np.ndarray, prefix: np.ndarray, within: int, sizes: int
) -> np.ndarray:
    """Count the times, further apart than `within`, at which replies that begin alike were sent."""
    order = np.argsort(prefix, kind="stable")
    rows, prefix = rows[order], prefix[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = prefix[1:] != prefix[:-1]
    first[1:] |= np.diff(timed.moments[rows]) > within
    return np.bincount(prefix[first], minlength=sizes)


def _close_by_group(
    timed: _Timed, rows: np.ndarray, prefix: np.ndarray, within: int, sizes: int
) -> np.ndarray:
    """Count the close pairs of replies that begin alike, by how they begin."""
    long = timed.moments.max() + within + 1  # so that no pair of two groups is close
    moments = timed.moments[rows] + prefix * long
    order = np.argsort(moments, kind="stable")
    after = np.searchsorted(moments[order], moments[order] + within, side="right")
    counts = np.bincount(prefix[order], weights=after - np.arange(len(rows)) - 1, minlength=sizes)
    return counts.astype(np.int64)


def _close(moments: np.ndarray, within: int) -> int:
    """Count the pairs of sorted times that are close."""
    after = np.searchsorted(moments, moments + within, side="right")
    return int((after - np.arange(len(moments)) - 1).sum())


def _pairs(n: int | np.ndarray) -> int | np.ndarray:
    return n * (n - 1) // 2

"""Categories that hold too few people, joined with neighbours or gathered."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.patterns import people_of

#: What three or more gathered categories are called.
OTHERS = "All others"

#: A band of numbers ("16-24", "16 to 24"), and one without an end ("85 and over", "85+").
_BAND = re.compile(r"(\d+)(-|–| to )(\d+)")
_OPEN = re.compile(r"(\d+)(\+| (?:and|or) (?:over|older|above|more))")


def collapse(
    categories: pd.Series,
    people: pd.Series,
    *,
    fewest: int,
    in_order: bool,
    within: pd.Series | None = None,
    frequency: pd.Series | None = None,
) -> dict[str, str]:
    """Join categories until none holds too few people: neighbours, or the small ones together.

    Parameters
    ----------
    categories : pandas.Series
        The category of each person, Categorical; NA counts for none.
    people : pandas.Series
        The population by category; a category without population must have no people.
    fewest : int
        The fewest people a category may hold, in every level of `within`.
    in_order : bool
        True if the order of the categories means something, such as bands of age: then
        neighbours are joined. Else the small ones are gathered, wherever they stand.
    within : pandas.Series, optional
        A second characteristic of each person, with which the categories are crossed.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`).

    Returns
    -------
    dict
        Category -> name of the joined one: ``"16-34"`` of bands of numbers that follow each
        other, else such as ``"young and middle"``. Three or more are ``"young to old"`` in order,
        and else `OTHERS`.

    Raises
    ------
    ValueError
        If even all categories together hold too few people.

    Notes
    -----
    In order: the smallest category below `fewest` joins the neighbour with fewer people, at equal
    numbers the one before it, until no category is below. Else: the categories below `fewest`
    are one, with the smallest of the others until it is not below.

    Examples
    --------
    >>> ages = pd.Series(pd.Categorical(["young"] + ["middle"] * 5 + ["old"] * 9,
    ...                                 categories=["young", "middle", "old"]))
    >>> everybody = pd.Series({"young": 10, "middle": 10, "old": 10})
    >>> collapse(ages, everybody, fewest=3, in_order=True)
    {'young': 'young and middle', 'middle': 'young and middle', 'old': 'old'}
    >>> collapse(ages, everybody, fewest=6, in_order=False)
    {'young': 'young and middle', 'middle': 'young and middle', 'old': 'old'}
    """
    names = [name for name in categories.cat.categories if people.get(name, 0) > 0]
    counts = _counts(categories, within, people_of(frequency, categories))
    counts = counts[categories.cat.categories.get_indexer(names)]
    if len(names) and min(counts.sum(axis=0), default=0) < fewest:
        raise ValueError(
            f"only {int(counts.sum())} people in {categories.name!r}; {fewest} are needed in "
            "every cell: leave this margin out"
        )
    parts = (_neighbours if in_order else _gathered)(counts, fewest)
    found = {}
    for part in parts:
        labels = [names[at] for at in part]
        found |= dict.fromkeys(labels, _name(labels, in_order=in_order, taken=names))
    return {name: found[name] for name in names}


def _counts(categories: pd.Series, within: pd.Series | None, people: np.ndarray) -> np.ndarray:
    """Count the people of each category, by the levels of `within` that anybody has."""
    ones = categories.cat.codes.to_numpy(dtype=np.int64)
    twos = np.zeros(len(ones), dtype=np.int64) if within is None else pd.factorize(within)[0]
    there, levels = (ones >= 0) & (twos >= 0), int(twos.max(initial=0)) + 1
    shape = (len(categories.cat.categories), levels)
    cells = ones[there] * levels + twos[there]
    counts = np.bincount(cells, people[there], shape[0] * shape[1]).reshape(shape).astype(np.int64)
    return counts[:, counts.any(axis=0)]


def _neighbours(counts: np.ndarray, fewest: int) -> list[list[int]]:
    """Return the numbers of the categories that are joined in order, part by part."""
    parts, sums = [[at] for at in range(len(counts))], list(counts)
    while min((people.min() for people in sums), default=fewest) < fewest:
        small = int(np.argmin([people.min() for people in sums]))
        near = [at for at in (small - 1, small + 1) if 0 <= at < len(parts)]
        other = min(near, key=lambda at: (sums[at].sum(), at))
        low, high = sorted((small, other))
        parts[low] += parts.pop(high)
        sums[low] = sums[low] + sums.pop(high)
    return parts


def _gathered(counts: np.ndarray, fewest: int) -> list[list[int]]:
    """Return the numbers of the small categories as one part, and each other one alone."""
    order = sorted(range(len(counts)), key=lambda at: (counts[at].min(), counts[at].sum(), at))
    together = [at for at in order if counts[at].min() < fewest]
    while together and counts[together].sum(axis=0).min() < fewest:
        together.append(order[len(together)])
    alone = [[at] for at in range(len(counts)) if at not in together]
    return [*alone, sorted(together)] if together else alone


def _name(labels: Sequence[str], *, in_order: bool, taken: Sequence[str]) -> str:
    """Call joined categories by a name that says no more than is true of them."""
    if in_order and _one_range(labels) not in ("", *taken):
        return _one_range(labels)
    if len(labels) < 3:
        return " and ".join(labels)
    if in_order:
        return f"{labels[0]} to {labels[-1]}"
    return ", ".join(labels) if OTHERS in taken else OTHERS


def _one_range(labels: Sequence[str]) -> str:
    """Write bands of numbers that follow each other as one; "" if they are no such bands.

    Examples
    --------
    >>> _one_range(["16-24", "25-34"]), _one_range(["75-84", "85 and over"]), _one_range(["a", "b"])
    ('16-34', '75 and over', '')
    """
    bands = [_BAND.fullmatch(each) for each in labels]
    last = _OPEN.fullmatch(labels[-1])
    if not all(bands[:-1]) or len(labels) < 2 or not (bands[-1] or last):
        return ""
    starts = [int(each[1]) for each in bands[:-1]] + [int((bands[-1] or last)[1])]
    ends = [int(each[3]) for each in bands[:-1]]
    if any(end + 1 != start for end, start in zip(ends, starts[1:], strict=True)):
        return ""
    first = bands[0]
    return f"{first[1]}{last[2]}" if last else f"{first[1]}{first[2]}{bands[-1][3]}"


def joined(
    groups: pd.Series, fewest: int, *, in_order: bool, frequency: pd.Series | None = None
) -> pd.Series:
    """Join groups of people until none holds too few, as `collapse` does.

    Parameters
    ----------
    groups : pandas.Series
        Categorical, the group of each person, none missing.
    fewest : int
        The fewest people a group may hold.
    in_order : bool
        True if the order of the groups means something.
    frequency : pandas.Series, optional
        How many people a row stands for; 1 without it (see `patterns`). Categories of nobody
        are left out.

    Returns
    -------
    pandas.Series
        Categorical with the joined groups in order, those with people alone; `OTHERS` comes
        last. One group of all if even these are fewer.

    Examples
    --------
    >>> ages = pd.Series(pd.Categorical(["young"] + ["middle"] * 5 + ["old"] * 9,
    ...                                 categories=["young", "middle", "old"]))
    >>> joined(ages, 3, in_order=True).value_counts(sort=False).to_dict()
    {'young and middle': 6, 'old': 9}
    >>> joined(ages, 6, in_order=False).cat.categories.tolist()
    ['young and middle', 'old']
    """
    times = people_of(frequency, groups)
    people = pd.Series(times, index=groups.index).groupby(groups, observed=False).sum()
    fewest = min(fewest, int(times.sum()))
    names = collapse(groups, people, fewest=fewest, in_order=in_order, frequency=frequency)
    order = sorted(dict.fromkeys(names.values()), key=lambda name: name == OTHERS)
    return groups.astype("str").map(names).astype(pd.CategoricalDtype(order))

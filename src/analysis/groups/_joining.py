"""Categories that hold too few people, joined with their neighbours."""

import numpy as np
import pandas as pd


def collapse(
    categories: pd.Series, people: pd.Series, *, fewest: int, within: pd.Series | None = None
) -> dict[str, str]:
    """Join neighbouring categories in order until none holds too few people.

    Parameters
    ----------
    categories : pandas.Series
        The category of each person, an ordered or plain Categorical whose order is meant; NA
        counts for none.
    people : pandas.Series
        The population by category; a category without population must have no people.
    fewest : int
        The fewest people a category may hold, in every level of `within`.
    within : pandas.Series, optional
        A second characteristic of each person, with which the categories are crossed.

    Returns
    -------
    dict
        Category -> name of the joined one, such as ``"16-24 and 25-34"``.

    Raises
    ------
    ValueError
        If even all categories together hold too few people.

    Notes
    -----
    The rule: the smallest category below `fewest` joins the neighbour with fewer people, at
    equal numbers the one before it, until no category is below.

    Examples
    --------
    >>> ages = pd.Series(pd.Categorical(["young"] + ["middle"] * 5 + ["old"] * 9,
    ...                                 categories=["young", "middle", "old"]))
    >>> collapse(ages, pd.Series({"young": 10, "middle": 10, "old": 10}), fewest=3)
    {'young': 'young and middle', 'middle': 'young and middle', 'old': 'old'}
    """
    names = [name for name in categories.cat.categories if people.get(name, 0) > 0]
    crossed = [categories] if within is None else [categories, within]
    table = pd.crosstab(crossed[0], crossed[1:] if within is not None else 0).reindex(names)
    held = table.fillna(0).min(axis=1)
    parts = [[name] for name in names]
    counts = [table.loc[[name]].fillna(0).to_numpy()[0] for name in names]
    while parts and min(count.min() for count in counts) < fewest:
        if len(parts) == 1:
            raise ValueError(
                f"only {int(held.sum())} people in {categories.name!r}; {fewest} are needed in "
                "every cell: leave this margin out"
            )
        small = int(np.argmin([count.min() for count in counts]))
        near = [at for at in (small - 1, small + 1) if 0 <= at < len(parts)]
        other = min(near, key=lambda at: (counts[at].sum(), at))
        low, high = sorted((small, other))
        parts[low] += parts.pop(high)
        counts[low] = counts[low] + counts.pop(high)
    joined = {
        name: " and ".join([part[0], part[-1]][: len(part)]) for part in parts for name in part
    }
    long = {name: f"{part[0]} to {part[-1]}" for part in parts if len(part) > 2 for name in part}
    return joined | long


def joined(groups: pd.Series, fewest: int) -> pd.Series:
    """Join neighbouring groups of people in order until none holds too few.

    Parameters
    ----------
    groups : pandas.Series
        Categorical, the group of each person, none missing.
    fewest : int
        The fewest people a group may hold.

    Returns
    -------
    pandas.Series
        Categorical with the joined groups in order, those with people alone.

    Raises
    ------
    ValueError
        If even all together are fewer.

    Examples
    --------
    >>> ages = pd.Series(pd.Categorical(["young"] + ["middle"] * 5 + ["old"] * 9,
    ...                                 categories=["young", "middle", "old"]))
    >>> joined(ages, 3).value_counts(sort=False).to_dict()
    {'young and middle': 6, 'old': 9}
    """
    names = collapse(groups, groups.value_counts(), fewest=fewest)
    order = list(dict.fromkeys(names.values()))
    return groups.astype("str").map(names).astype(pd.CategoricalDtype(order))

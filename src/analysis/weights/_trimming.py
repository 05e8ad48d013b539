"""Large weights cut, and what cutting costs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.patterns import distinct
from analysis.weights._raking import RakedWeights


def trim(raked: RakedWeights, *, upper: float) -> RakedWeights:
    """Cut large weights, and spread what is cut off over the other people.

    Parameters
    ----------
    raked : RakedWeights
        As `rake` returns them.
    upper : float
        The largest weight kept, as a multiple of the mean weight; above 1.

    Returns
    -------
    RakedWeights
        The same total. `margins` shows what the margins then miss: that is the price of a
        smaller design effect.

    Raises
    ------
    ValueError
        If `upper` is 1 or less.

    Notes
    -----
    As `trimWeights(strict = TRUE)` of R's `survey`: what is cut off goes in equal parts to the
    people below the limit, again and again until nobody is above it.

    Examples
    --------
    >>> from analysis.weights import rake
    >>> people = pd.DataFrame({"sex": ["f", "f", "f", "m"]})
    >>> raked = rake(people, {"sex": pd.Series({"f": 50, "m": 50})})
    >>> trim(raked, upper=1.6).weights.round(1).tolist()
    [20.0, 20.0, 20.0, 40.0]
    """
    if not upper > 1:
        raise ValueError(f"upper = {upper}: weights cannot all be below their mean; give above 1")
    given = raked.weights.to_numpy(dtype=float)
    kinds = distinct([raked.patterns.number, given], people=raked.people)
    values, people = given[kinds.first], kinds.people
    limit = upper * (people @ values / people.sum())
    while (values > limit * (1 + 1e-12)).any():
        above = values > limit
        cut = people[above] @ (values[above] - limit)
        values[above] = limit
        below = values < limit
        values[below] += cut / people[below].sum()
    weights = pd.Series(values[kinds.number], index=raked.weights.index, name="weight")
    mass, categories = pd.Series(people * values), raked.categories.iloc[kinds.first]
    categories = categories.reset_index(drop=True)
    sums = {
        name: mass.groupby(categories[name], observed=True).sum().rename(index=str)
        for name in categories
    }
    reached = [sums[row.margin][row.category] for row in raked.margins.itertuples()]
    return RakedWeights(
        weights=weights,
        categories=raked.categories,
        kept=weights / raked.weights * (1.0 if raked.kept is None else raked.kept),
        frequency=raked.frequency,
        iterations=raked.iterations,
        margins=raked.margins.assign(weighted=reached),
    )


def price(raked: RakedWeights, limits: Sequence[float]) -> pd.DataFrame:
    """Say what cutting large weights buys and costs.

    Parameters
    ----------
    raked : RakedWeights
        As `rake` returns them.
    limits : sequence of float
        Largest weights kept, as multiples of the mean weight.

    Returns
    -------
    pandas.DataFrame
        `limit, largest, design_effect, effective_n, largest_miss`: first without a limit (NA),
        then a row a limit.

    Examples
    --------
    >>> from analysis.weights import rake
    >>> people = pd.DataFrame({"sex": ["f", "f", "f", "m"]})
    >>> raked = rake(people, {"sex": pd.Series({"f": 50, "m": 50})})
    >>> price(raked, [1.8]).round(2)
       limit  largest  design_effect  effective_n  largest_miss
    0    NaN      2.0           1.33          3.0           0.0
    1    1.8      1.8           1.21          3.3           0.1
    """
    rows = [(np.nan, raked), *((limit, trim(raked, upper=limit)) for limit in limits)]
    return pd.DataFrame(
        {
            "limit": [limit for limit, _ in rows],
            "largest": [cut.largest for _, cut in rows],
            "design_effect": [cut.design_effect for _, cut in rows],
            "effective_n": [cut.effective_n for _, cut in rows],
            "largest_miss": [cut.largest_miss for _, cut in rows],
        }
    )

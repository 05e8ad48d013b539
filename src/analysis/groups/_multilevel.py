"""Shares of groups from a multilevel model, post-stratified to people who are counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from analysis.groups._pooling import pooling_obstacle
from analysis.groups._posterior import Cells, Posterior, posterior
from analysis.groups._shrinkage import FEWEST_GROUPS
from analysis.patterns import named_people, people_of

#: The scale of the half-normal prior of a spread on the logit scale, and the spread of a factor
#: with too few levels to learn it from.
SCALE, SET = 1.0, 1.0


@dataclass(frozen=True, kw_only=True)
class Multilevel:
    """A fitted multilevel model of a share; `shares` gives that of each group.

    `levels` has the levels of each factor, the groups first. `spreads` is the posterior mean of
    the standard deviation between the levels of each on the logit scale, as set for factors of
    which it is not learned.
    """

    levels: dict[str, list]
    posterior: Posterior
    spreads: pd.Series

    def shares(self, cells: pd.DataFrame, *, conf_level: float = 0.95) -> pd.DataFrame:
        """Average the model's shares over people who are counted by cell.

        Parameters
        ----------
        cells : pandas.DataFrame
            A column a factor, and `people`: how many there are of each cell.
        conf_level : float
            Level of the intervals, between 0 and 1.

        Returns
        -------
        pandas.DataFrame
            `level, estimate, std_error, conf_low, conf_high`, a row a group that has people: the
            mean of the posterior, its standard deviation and its quantiles. The people counted
            are so many that what chance makes of their share is not in it.

        Raises
        ------
        ValueError
            If a level is none of the model's, or a count is negative or missing.
        """
        counts = cells["people"].to_numpy(dtype=float)
        if not (counts >= 0).all():
            raise ValueError("a cell has no number of people, 0 or more")
        design = _design(cells, self.levels)
        group = _codes(cells[next(iter(self.levels))], self.groups)
        drawn, weight, rows = self.posterior.draws, self.posterior.weight, []
        for code, level in enumerate(self.groups):
            here = (group == code) & (counts > 0)
            if not here.any():
                continue
            share = special.expit(drawn @ design[here].T) @ (counts[here] / counts[here].sum())
            mean = float(weight @ share)
            error = float(np.sqrt(weight @ (share - mean) ** 2))
            tails = [(1 - conf_level) / 2, (1 + conf_level) / 2]
            rows.append([level, mean, error, *_quantiles(share, weight, tails)])
        return pd.DataFrame(rows, columns=["level", "estimate", "std_error", "conf_low",
                                           "conf_high"])  # fmt: skip

    @property
    def groups(self) -> list:
        """The groups, in order."""
        return next(iter(self.levels.values()))


def multilevel(
    yes: pd.Series,
    people: pd.DataFrame,
    *,
    by: str,
    held: Sequence[str],
    rng: np.random.Generator,
    frequency: str | None = None,
    scale: float = SCALE,
    draws: int = 20_000,
) -> Multilevel:
    """Fit a multilevel model of a share, by group and by what else people differ in.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    people : pandas.DataFrame
        The same people: Categorical columns, none missing. Categories that nobody has are levels
        too, of which the prior alone tells.
    by : str
        The column of the groups.
    held : sequence of str
        Other columns, such as bands of age.
    rng : numpy.random.Generator
        Source of randomness.
    frequency : str, optional
        The column of `people` that says how many a row stands for; 1 without it (see `patterns`).
    scale : float
        Of the half-normal prior of the spreads, on the logit scale.
    draws : int
        How many draws shares are made from.

    Returns
    -------
    Multilevel
        Its `shares` are asked for with the cells that they are averaged over.

    Raises
    ------
    ValueError
        With the reason that `pooling_obstacle` gives, or if a value is missing.

    Notes
    -----
    logit P(yes) = b + u_g + the effect of each other factor's level, u_g ~ N(0, s^2), the effects
    of each other factor ~ N(0, t^2), b flat: Gelman and Little 1997, Survey Methodology 23; Park,
    Gelman and Bafumi 2004, Polit. Anal. 12. The spreads s and t have half-normal priors of scale
    1 (Gelman 2006, Bayesian Anal. 1, on why not an inverse gamma): at a spread of 1 groups about
    a half run from 12% to 88%, wider than parts of one area mostly do, so that the prior says
    little more than that the spread is not huge. They are integrated, not plugged in: of ten
    groups the likelihood alone often puts the spread at 0, and intervals would be too short. A
    factor of two levels tells nothing of a spread: its effects are N(0, 1), which hardly pulls.
    Effects of a group and of the others add: there is no interaction.

    Examples
    --------
    >>> place = pd.Categorical([*"ppppqqqqrrrrrrrr"])
    >>> people = pd.DataFrame({"place": place, "sex": pd.Categorical([*"fm"] * 8)})
    >>> yes = pd.Series([True] * 4 + [False] * 4 + [True, False] * 4)
    >>> found = multilevel(yes, people, by="place", held=["sex"], rng=np.random.default_rng(1))
    >>> found.shares(people.assign(people=1))[["level", "estimate"]].round(1)
      level  estimate
    0     p       0.8
    1     q       0.2
    2     r       0.5
    """
    factors = [by, *held]
    people, times = named_people(people, frequency)
    yes = yes if times is None else yes[times.index]
    if people[factors].isna().any(axis=None):
        raise ValueError(f"people without {' or '.join(factors)} cannot be in the model")
    reason = pooling_obstacle(yes, people[by], frequency=times)
    if reason:
        raise ValueError(f"shares cannot be modelled: {reason}")
    levels = {name: list(people[name].cat.categories) for name in factors}
    counts = pd.DataFrame({"size": people_of(times, people)}, index=people.index)
    counts["sum"] = counts["size"] * yes.astype(float)
    table = counts.groupby([people[name] for name in factors], observed=True).sum().reset_index()
    sizes = [len(each) for each in levels.values()]
    cells = Cells(
        y=table["sum"].to_numpy(),
        n=table["size"].to_numpy(dtype=float),
        design=_design(table, levels),
        factor=np.r_[-1, np.repeat(np.arange(len(factors)), sizes)],
    )
    known = np.where(np.array(sizes) < FEWEST_GROUPS, SET, np.nan)
    found = posterior(cells, known, scale=scale, draws=draws, rng=rng)
    spreads = pd.Series(found.mass @ found.nodes, index=factors)
    return Multilevel(levels=levels, posterior=found, spreads=spreads)


def with_mix_of_all(
    people: pd.DataFrame, *, by: str, held: Sequence[str], frequency: str | None = None
) -> pd.DataFrame:
    """Give every group the mix that all people together have.

    Parameters
    ----------
    people : pandas.DataFrame
        A row a person.
    by : str
        The column of the groups.
    held : sequence of str
        Of which columns the mix is.
    frequency : str, optional
        The column that says how many people a row stands for; 1 without it (see `patterns`).

    Returns
    -------
    pandas.DataFrame
        As `Multilevel.shares` wants it: the cells of everybody, for each group that has people.

    Examples
    --------
    >>> people = pd.DataFrame({"place": [*"ppq"], "sex": [*"fmm"]}, dtype="category")
    >>> with_mix_of_all(people, by="place", held=["sex"]).to_numpy().tolist()
    [['p', 'f', 1], ['p', 'm', 2], ['q', 'f', 1], ['q', 'm', 2]]
    """
    people, times = named_people(people, frequency)
    counts = pd.Series(people_of(times, people), index=people.index, name="people")
    mix = counts.groupby([people[name] for name in held], observed=True).sum().reset_index()
    groups = people[by].drop_duplicates().sort_values().to_frame()
    return groups.merge(mix, how="cross")


def _design(cells: pd.DataFrame, levels: dict[str, list]) -> np.ndarray:
    """Return an intercept and an indicator a level of each factor, a row a cell."""
    columns = [np.ones((len(cells), 1))]
    for name, known in levels.items():
        codes = _codes(cells[name], known)
        if (codes < 0).any():
            odd = cells.loc[codes < 0, name].unique().tolist()
            raise ValueError(f"{name} {odd[:3]} is no level of the model; it has {known}")
        columns.append(np.eye(len(known))[codes])
    return np.hstack(columns)


def _codes(values: pd.Series, known: list) -> np.ndarray:
    """Return the number of each value among the levels, -1 if it is none."""
    return pd.Index(known, dtype=object).get_indexer(values.astype(object))


def _quantiles(values: np.ndarray, weight: np.ndarray, shares: Sequence[float]) -> np.ndarray:
    """Return weighted quantiles: of equal weights the ordinary ones."""
    order = np.argsort(values, kind="stable")
    middle = np.cumsum(weight[order]) - weight[order] / 2
    return np.interp(shares, middle, values[order])

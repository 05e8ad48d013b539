"""Who is most missing, what weights cost and how far they move each headline."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.numerics import correlation, critical_value, outwards
from analysis.population import Weighing
from analysis.privacy import (
    hide,
    hide_small,
    outside_told,
    rule_of,
    weights_tell,
)
from analysis.proportions import linearised, linearised_variance, shares
from analysis.survey.codebook import Codebook
from analysis.weights import Weights, price

#: Columns of how far weights move headlines.
MOVED = ["headline", "unweighted", "weighted", "weighted_low", "weighted_high", "estimate",
         "std_error", "conf_low", "conf_high", "n_yes", "n", "n_all", "n_all_yes",
         "effective_n"]  # fmt: skip

#: Columns of what weights cost.
PRICES = ["limit", "largest", "design_effect", "effective_n", "largest_miss"]


def extremes(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the category most missing among those who answered, and the most plentiful.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `report.shown_composition` returns it, of one margin; one category or more is shown.

    Returns
    -------
    tuple of pandas.Series
        The rows whose share is farthest below and farthest above that of the population.
    """
    gap = rows["estimate"] - rows["population_share"]
    return rows.loc[gap.idxmin()], rows.loc[gap.idxmax()]


def one_of_several(rows: pd.DataFrame) -> tuple[bool, bool]:
    """Tell whether others may be missing, or plentiful, as much as those of `extremes`.

    Parameters
    ----------
    rows : pandas.DataFrame
        As for `extremes`.

    Returns
    -------
    tuple of bool
        Whether an interval of another's distance to the population overlaps with that of the most
        missing, and of the most plentiful.
    """
    low, high = (rows[each] - rows["population_share"] for each in ("conf_low", "conf_high"))
    few, many = (each.name for each in extremes(rows))
    near = (low <= high[few]).sum() > 1, (high >= low[many]).sum() > 1
    return bool(near[0]), bool(near[1])


def beside_population(rows: pd.DataFrame, weighing: Weighing) -> pd.DataFrame:
    """Choose the columns that say how unlike the population the people who answered are.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `report.shown_composition` returns it.
    weighing : Weighing
        As `population.weigh` makes it.

    Returns
    -------
    pandas.DataFrame
        `category, n_rounded, estimate, conf_low, conf_high, population_share` and the column that
        `representation` names.
    """
    columns = ["category", "n_rounded", "estimate", "conf_low", "conf_high", "population_share"]
    return rows[[*columns, representation(weighing)]]


def representation(weighing: Weighing) -> str:
    """Name the column that says how well a category is represented.

    Parameters
    ----------
    weighing : Weighing
        As `population.weigh` makes it.

    Returns
    -------
    str
        "rate", people who answered per 1,000 of the population, where that is counted; else
        "factor", the weighted by the unweighted share.
    """
    return "factor" if weighing.full is None else "rate"


def price_of_weights(weighing: Weighing, limits: Sequence[float]) -> pd.DataFrame:
    """Say what raked weights cost, and what cutting the largest would save.

    Parameters
    ----------
    weighing : Weighing
        As `population.weigh` makes it.
    limits : sequence of float
        Largest weights kept, as multiples of the mean weight.

    Returns
    -------
    pandas.DataFrame
        `PRICES`, as `weights.price`; empty for weights that the survey brings.
    """
    if weighing.full is None:
        return pd.DataFrame(columns=PRICES)
    return price(weighing.full, limits)


def moved(
    shares_of: Mapping[str, pd.Series], weights: Weights, *, conf_level: float = 0.95
) -> pd.DataFrame:
    """Say how far weights move each headline, for the people who have one.

    Parameters
    ----------
    shares_of : mapping of str to pandas.Series
        As `measures.headline_answers` returns them.
    weights : Weights
        Weights of people.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row a headline with the columns `MOVED`; `estimate` is the weighted less the unweighted
        share of the same people; `n_all` counts who answered, with a weight or without, and
        `n_all_yes` who of them are a yes. One
        that nobody with a weight has an answer to is left out.

    Notes
    -----
    The two shares come from the same people: the standard error is that of the difference of
    their influences (see `proportions.linearised`). The one that moves most is named after a look
    at all, so intervals hold for all headlines together: max-t, from the correlations of these
    differences, with the smallest base's n - 1 degrees of freedom.
    """
    rows, parts = [], []
    for name, yes in shares_of.items():
        mine = yes[yes.index.isin(weights.weights.index)]
        if mine.empty:
            continue
        plain, heavy = linearised(mine), linearised(mine, weights=weights)
        both = heavy.influence.sub(plain.influence.reindex(heavy.influence.index), fill_value=0.0)
        error = float(np.sqrt(linearised_variance(both.to_numpy()))[0])
        weighted = shares(mine, weights=weights, conf_level=conf_level).iloc[0]
        estimate = float(heavy.estimates.iloc[0] - plain.estimates.iloc[0])
        parts.append(both.to_numpy()[:, 0])
        rows.append(
            {
                "headline": name,
                "unweighted": float(plain.estimates.iloc[0]),
                "weighted": weighted["estimate"],
                "weighted_low": weighted["conf_low"],
                "weighted_high": weighted["conf_high"],
                "estimate": estimate,
                "std_error": error,
                "n_yes": int(mine.sum()),
                "n": len(mine),
                "n_all": len(yes),
                "n_all_yes": int(yes.sum()),
                "effective_n": heavy.effective_n,
            }
        )
    if not rows:
        return pd.DataFrame(columns=MOVED)
    table = pd.DataFrame(rows)
    together = correlation(np.atleast_2d(np.cov(np.array(parts))))[0]
    bound = critical_value([together], conf_level, df=max(int(table["n"].min()) - 1, 1))
    for name, sign in (("conf_low", -1), ("conf_high", 1)):
        table[name] = table["estimate"] + sign * bound * table["std_error"]
    return table[MOVED]


def moved_most(moved: pd.DataFrame) -> pd.Series:
    """Return the headline that weights move most, up or down.

    Parameters
    ----------
    moved : pandas.DataFrame
        As `shown_moved` returns it; one headline or more is shown.

    Returns
    -------
    pandas.Series
        Its row.
    """
    return moved.loc[moved["estimate"].abs().idxmax()]


def shown_moved(table: pd.DataFrame, codebook: Codebook, *, published: bool = True) -> pd.DataFrame:
    """Hide headlines that few people make up, and round shares to whole percent.

    Parameters
    ----------
    table : pandas.DataFrame
        As `moved` returns it.
    codebook : Codebook
        Its threshold.
    published : bool
        False for a study of many surveys, which shows the rows of none.

    Returns
    -------
    pandas.DataFrame
        The same rows without `n_yes`, `n_all` and `n_all_yes`; a move is shown to a tenth of a
        point, shares in whole percent, so that no count can be worked out. Where few of those who
        answered have no weight, the row is hidden. What is published is so also where few of them
        are a yes, or few are not, and there are so few people that whole percent would tell it:
        other notebooks show the share of all; and of headlines that add up to everybody
        ("Prefer: ...") a second row is hidden where one is.
    """
    numbers = ["unweighted", "weighted", "weighted_low", "weighted_high", "estimate", "conf_low",
               "conf_high"]  # fmt: skip
    rule = rule_of(codebook)
    shown = hide_small(table, counts=["n_yes"], values=numbers, rule=rule, complete=False)
    tell = weights_tell(table["n_all"], table["n"], rule=rule)
    if published:
        others, yes = table["n_all"] - table["n"], table["n_all_yes"] - table["n_yes"]
        kinds = pd.concat([yes, others - yes], axis=1).to_numpy()
        mine, all_of = (table[each].to_numpy() for each in (["n_yes", "n"], ["n_all_yes", "n_all"]))
        told = [
            outside_told(*each, shares=[inside], everybody=whole, rule=rule)
            for each, inside, whole in zip(kinds, mine, all_of, strict=True)
        ]
        tell |= np.array(told, dtype=bool)
        tell |= _second_rows(table, tell | shown["estimate"].isna())
    shown[numbers] = hide(shown[numbers], shown["estimate"].isna() | tell)
    shown[["unweighted", "weighted"]] = shown[["unweighted", "weighted"]].round(2)
    shown["estimate"] = shown["estimate"].round(3) + 0.0
    for kind, step in (("weighted", 0.01), ("conf", 0.001)):
        ends = [f"{kind}_low", f"{kind}_high"]
        shown[ends[0]], shown[ends[1]] = outwards(shown[ends[0]], shown[ends[1]], step=step)
    return shown.drop(columns=["n_yes", "n_all", "n_all_yes"])


def _second_rows(table: pd.DataFrame, hidden: pd.Series) -> pd.Series:
    """Choose a second row of headlines that add up to everybody, where one alone is hidden."""
    also = pd.Series(False, index=table.index)
    for _, block in table.groupby(table["headline"].str.split(": ").str[0], sort=False):
        whole = len(block) > 1 and block["n_yes"].sum() == block["n"].iloc[0]
        if whole and hidden[block.index].sum() == 1:
            also[block.loc[~hidden[block.index], "n_yes"].idxmin()] = True
    return also

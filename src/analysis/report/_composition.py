"""Who answered, beside the population that their weights stand for."""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.numerics import holm
from analysis.population import Weighing
from analysis.privacy import hide_small, round_people, rounded_out, rule_of
from analysis.survey.bases import NOT_TOLD
from analysis.survey.codebook import Codebook
from analysis.weights import RakedWeights

#: Roles that people are described by where a survey brings its own weights.
_ROLES = ("district", "age", "sex")


def composition(weighing: Weighing, responses: pd.DataFrame) -> pd.DataFrame:
    """Lay the people who answered beside the population, category by category.

    Parameters
    ----------
    weighing : Weighing
        As `population.weigh` makes it.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    pandas.DataFrame
        A row a category of a margin, in order, people who did not tell left out: `margin,
        category, n, estimate` (share of the people who told), `conf_low, conf_high` (Wilson),
        `population_share`, `population` (people; NA where a survey brings weights, whose
        weighted shares then stand for those of the population).
    """
    raked = weighing.full
    rows = _raked(raked) if raked is not None else _supplied(weighing, responses)
    total = rows.groupby("margin", sort=False)["n"].transform("sum")
    low, high = proportion_confint(rows["n"], total, method="wilson")
    rows.insert(3, "estimate", rows["n"] / total)
    rows.insert(4, "conf_low", np.asarray(low))
    rows.insert(5, "conf_high", np.asarray(high))
    return rows


def _raked(raked: RakedWeights) -> pd.DataFrame:
    rows = raked.margins[raked.margins["category"] != NOT_TOLD].reset_index(drop=True)
    total = raked.margins.groupby("margin", sort=False)["population"].sum()
    told = rows.groupby("margin", sort=False)["population"].transform("sum")
    return pd.DataFrame(
        {
            "margin": rows["margin"],
            "category": rows["category"],
            "n": rows["n"],
            "population_share": rows["population"] / told,
            "population": rows["population"] / told * rows["margin"].map(total),
        }
    )


def _supplied(weighing: Weighing, responses: pd.DataFrame) -> pd.DataFrame:
    frame, frames = weighing.people(responses), []
    for role in _ROLES:
        if role not in frame:
            continue
        told = frame.dropna(subset=[role])
        held = told.groupby(role, observed=True)["weight"].agg(["size", "sum"])
        frames.append(
            pd.DataFrame(
                {
                    "margin": role,
                    "category": held.index.astype("str"),
                    "n": held["size"].to_numpy(),
                    "population_share": (held["sum"] / held["sum"].sum()).to_numpy(),
                    "population": np.nan,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def dissimilarity(rows: pd.DataFrame) -> pd.DataFrame:
    """Measure how unlike the population the people who answered are, margin by margin.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `composition` returns it.

    Returns
    -------
    pandas.DataFrame
        `margin, estimate` (the share of people who would have to be in another category),
        `statistic, df, p_value, p_adjusted` (Holm), `n`. Without population counts the tests are
        NA: shares that come from the weights of the same people are not known from elsewhere.

    Notes
    -----
    Duncan and Duncan's index of dissimilarity (1955, ASR 20), half the sum of the absolute
    differences of shares; Pearson's test against known shares.

    Examples
    --------
    >>> rows = pd.DataFrame({"margin": "sex", "category": ["f", "m"], "n": [60, 40],
    ...                      "population_share": [0.5, 0.5], "population": [500.0, 500.0]})
    >>> dissimilarity(rows)[["margin", "estimate", "statistic", "df", "n"]]
      margin  estimate  statistic  df    n
    0    sex       0.1        4.0   1  100
    """
    found = []
    for margin, part in rows.groupby("margin", sort=False):
        share, total = part["n"] / part["n"].sum(), part["n"].sum()
        known = part["population"].notna().all()
        expected = part["population_share"] * total
        test = stats.chisquare(part["n"], expected) if known else None
        found.append(
            {
                "margin": margin,
                "estimate": float((share - part["population_share"]).abs().sum() / 2),
                "statistic": float(test.statistic) if known else np.nan,
                "df": len(part) - 1,
                "p_value": float(test.pvalue) if known else np.nan,
                "n": int(total),
            }
        )
    table = pd.DataFrame(found)
    adjusted = table["p_value"]
    if adjusted.notna().all():
        adjusted = holm(adjusted)
    table.insert(5, "p_adjusted", adjusted)
    return table


def shown_composition(rows: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Round the composition, so that no count of people can be worked out with another table.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `composition` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `margin, category, n_rounded` (to the threshold), `estimate, conf_low, conf_high` in whole
        percent, `population_share`, and to one decimal `rate`, people per 1,000 of the population
        (NA without its counts), and `factor`, the population's share by that of the people who
        answered. Small categories are NA, and a second one of the
        margin if one alone is.
    """
    shown = []
    for _, part in rows.groupby("margin", sort=False):
        rate = (1000 * part["n"] / part["population"]).round(1)
        factor = (part["population_share"] / part["estimate"]).round(1)
        part = part.assign(people=part["n"], rate=rate, factor=factor)
        hidden = hide_small(
            part.drop(columns="n"),
            counts=["people"],
            values=["people", "estimate", "conf_low", "conf_high", "rate", "factor"],
            rule=rule_of(codebook),
            complete=True,
        )
        shown.append(hidden)
    table = pd.concat(shown, ignore_index=True)
    people = round_people(table["people"], rule=rule_of(codebook))
    table["n_rounded"] = people
    table = rounded_out(table)
    names = ["margin", "category", "n_rounded", "estimate", "conf_low", "conf_high"]
    return table[[*names, "population_share", "rate", "factor"]]

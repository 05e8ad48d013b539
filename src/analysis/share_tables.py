"""Tables of shares by groups of people, as far as they may be shown."""

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.privacy import hide_small
from analysis.proportions import shares
from analysis.report import estimate
from analysis.weights import Weights

NUMBERS = ("estimate", "conf_low", "conf_high")


def shares_by(
    yes: pd.Series, by: pd.Series, codebook: Codebook, *, weights: Weights | None = None
) -> pd.DataFrame:
    """Give the share of people for whom something is true, group by group, as far as shown.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    by : pandas.Series
        Categorical, the group of each person; who has none is left out.
    codebook : Codebook
        Its threshold.
    weights : Weights, optional
        Then a column `weighted` has the weighted share with its interval as text, for the people
        who have a weight.

    Returns
    -------
    pandas.DataFrame
        `level, estimate, conf_low, conf_high, n` and perhaps `weighted`, in whole percent,
        intervals rounded outwards. Rows with fewer people than the threshold who are a yes, or
        who are not, are NA, and a second row if one alone is.
    """
    table = shares(yes, by=by)
    shown = shown_shares_of(table, codebook)
    if weights is not None:
        mine = yes[yes.index.isin(weights.weights.index)]
        heavy = rounded_out(shares(mine, by=by, weights=weights)).set_index("level")
        heavy = heavy.reindex(shown["level"]).reset_index().mask(shown["estimate"].isna())
        shown["weighted"] = [estimate(*row) for row in heavy[list(NUMBERS)].to_numpy()]
    return shown


def shown_shares_of(table: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Hide shares that rest on few people, and round the others to whole percent.

    Parameters
    ----------
    table : pandas.DataFrame
        As `proportions.shares` returns it, of rows that add up to everybody.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `level` or `answer`, `estimate, conf_low, conf_high, n`.
    """
    first = "level" if "level" in table else "answer"
    counted = table.assign(n_no=table["n"] - table["n_yes"])
    shown = hide_small(
        counted.drop(columns="n"),
        counts=["n_yes", "n_no"] if first == "level" else ["n_yes"],
        values=list(NUMBERS),
        threshold=codebook.disclosure_threshold,
        complete=True,
    ).assign(n=table["n"])
    return rounded_out(shown)[[first, *NUMBERS, "n"]]


def rounded_out(table: pd.DataFrame) -> pd.DataFrame:
    """Round shares to whole percent, and their intervals outwards.

    Parameters
    ----------
    table : pandas.DataFrame
        `estimate, conf_low, conf_high` and more.

    Returns
    -------
    pandas.DataFrame
        A copy.

    Examples
    --------
    >>> row = pd.DataFrame({"estimate": [0.417], "conf_low": [0.379], "conf_high": [0.451]})
    >>> rounded_out(row).to_numpy().tolist()
    [[0.42, 0.37, 0.46]]
    """
    shown = table.copy()
    shown["estimate"] = shown["estimate"].round(2)
    shown["conf_low"] = np.floor(shown["conf_low"] * 100 + 1e-9) / 100
    shown["conf_high"] = np.ceil(shown["conf_high"] * 100 - 1e-9) / 100
    return shown

"""Tables of shares, of everybody and by groups of people, as far as they may be shown."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.population import Weighing
from analysis.privacy import hide_small
from analysis.proportions import shares
from analysis.report import estimate
from analysis.weights import Weights

NUMBERS = ("estimate", "conf_low", "conf_high")
WEIGHTED = ("weighted", "weighted_low", "weighted_high", "n_weighted", "effective_n")


def overall_shares(
    yes: Mapping[str, pd.Series], weighing: Weighing | None, codebook: Codebook
) -> pd.DataFrame:
    """Give shares of everybody, of those who answered and weighted to the population.

    Parameters
    ----------
    yes : mapping of str to pandas.Series
        What is asked -> boolean, a value a person who answered.
    weighing : Weighing, optional
        As `population.weigh` returns it.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `question, estimate, conf_low, conf_high, n`, and with weights `weighted, weighted_low,
        weighted_high, n_weighted, effective_n`, in whole percent: with the exact share of
        everybody, groups would tell how those answered who named no group. Rows with fewer people
        than the threshold who are a yes, or who are not, are NA.
    """
    rows = []
    for name, each in yes.items():
        row = rounded_out(shares(each)).iloc[0][[*NUMBERS, "n", "n_yes"]].to_dict()
        if weighing is not None:
            mine = each[each.index.isin(weighing.weights.weights.index)]
            heavy = rounded_out(shares(mine, weights=weighing.weights)).iloc[0]
            row |= dict(zip(WEIGHTED, heavy[[*NUMBERS, "n", "effective_n"]], strict=True))
        rows.append({"question": name[:1].upper() + name[1:]} | row)
    table = pd.DataFrame(rows)
    shown = hide_small(
        table,
        counts=["n_yes"],
        values=[name for name in table if name in (*NUMBERS, *WEIGHTED[:3])],
        threshold=codebook.disclosure_threshold,
        complete=False,
    )
    return shown.drop(columns="n_yes")


def unweighted_and_weighted(overall: pd.DataFrame) -> pd.DataFrame:
    """Lay the weighted shares out below the others.

    Parameters
    ----------
    overall : pandas.DataFrame
        As `overall_shares` returns it.

    Returns
    -------
    pandas.DataFrame
        `question, group, estimate, conf_low, conf_high, n, effective_n`: a row a question, or two
        with weights.
    """
    plain = overall.assign(group="people who answered", effective_n=overall["n"])
    parts = [plain]
    if "weighted" in overall:
        names = dict(zip(WEIGHTED, (*NUMBERS, "n", "effective_n"), strict=True))
        heavy = overall[["question", *WEIGHTED]].rename(columns=names)
        parts.append(heavy.assign(group="weighted to the population"))
    columns = ["question", "group", *NUMBERS, "n", "effective_n"]
    stacked = pd.concat([part[columns] for part in parts])
    return stacked.sort_index(kind="stable").reset_index(drop=True)


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


def rounded_out(table: pd.DataFrame, *, step: float = 0.01) -> pd.DataFrame:
    """Round shares to multiples of a step, and their intervals outwards.

    Parameters
    ----------
    table : pandas.DataFrame
        `estimate, conf_low, conf_high` and more.
    step : float
        Such as 0.01 for whole percent.

    Returns
    -------
    pandas.DataFrame
        A copy.

    Examples
    --------
    >>> row = pd.DataFrame({"estimate": [0.416], "conf_low": [0.379], "conf_high": [0.451]})
    >>> rounded_out(row).to_numpy().tolist(), rounded_out(row, step=0.05).to_numpy().tolist()
    ([[0.42, 0.37, 0.46]], [[0.4, 0.35, 0.5]])
    """
    shown, ways = table.copy(), {"estimate": np.round, "conf_low": np.floor, "conf_high": np.ceil}
    for column, how in ways.items():
        units = how((table[column] / step).astype(float).round(9))
        shown[column] = np.round(units * step, 2) + 0.0
    return shown

"""Tables of shares, of everybody and by groups of people, as far as they may be shown."""

from collections.abc import Mapping

import pandas as pd

from analysis.population import Weighing
from analysis.privacy import SHARE_NUMBERS, hide, hide_small, rounded_out, rule_of, shown_shares
from analysis.proportions import shares
from analysis.report import estimate
from analysis.survey.codebook import Codebook
from analysis.weights import Weights

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
        row = rounded_out(shares(each)).iloc[0][[*SHARE_NUMBERS, "n", "n_yes"]].to_dict()
        if weighing is not None:
            mine = each[each.index.isin(weighing.weights.weights.index)]
            heavy = rounded_out(shares(mine, weights=weighing.weights)).iloc[0]
            row |= dict(zip(WEIGHTED, heavy[[*SHARE_NUMBERS, "n", "effective_n"]], strict=True))
        rows.append({"question": name[:1].upper() + name[1:]} | row)
    table = pd.DataFrame(rows)
    shown = hide_small(
        table,
        counts=["n_yes"],
        values=[name for name in table if name in (*SHARE_NUMBERS, *WEIGHTED[:3])],
        rule=rule_of(codebook),
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
        names = dict(zip(WEIGHTED, (*SHARE_NUMBERS, "n", "effective_n"), strict=True))
        heavy = overall[["question", *WEIGHTED]].rename(columns=names)
        parts.append(heavy.assign(group="weighted to the population"))
    columns = ["question", "group", *SHARE_NUMBERS, "n", "effective_n"]
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
    shown = shown_shares(table, codebook)
    if weights is not None:
        mine = yes[yes.index.isin(weights.weights.index)]
        heavy = rounded_out(shares(mine, by=by, weights=weights)).set_index("level")
        heavy = heavy.reindex(shown["level"])[list(SHARE_NUMBERS)].reset_index(drop=True)
        told = hide(heavy, shown["estimate"].isna())
        shown["weighted"] = [estimate(*row) for row in told.to_numpy()]
    return shown

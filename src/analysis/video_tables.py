"""The tables on who would use a video chat, as far as they may be shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis import margins, ordinal, proportions
from analysis.codebook import Codebook
from analysis.ordinal import OrdinalFit
from analysis.population import Weighing
from analysis.privacy import hide_small, shown_margins
from analysis.proportions import RaoScott
from analysis.report import HIDDEN
from analysis.report import estimate as in_one_cell
from analysis.satisfaction_tables import shown_shares
from analysis.video_people import labelled

#: What the tables of shares say of each group.
NUMBERS = ["estimate", "conf_low", "conf_high"]


def weighted_share(yes: pd.Series, weighing: Weighing | None) -> pd.Series | None:
    """Give the weighted share of people for whom something is true.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person, of whom some may have no weight.
    weighing : Weighing or None
        As `population.weigh` returns it.

    Returns
    -------
    pandas.Series or None
        A row of `proportions.shares`, of the people with a weight; None without weights, or
        where nobody has one.
    """
    rows = _weighted(yes, weighing, None)
    return None if rows is None else rows.iloc[0]


def _weighted(
    yes: pd.Series | pd.DataFrame, weighing: Weighing | None, by: pd.Series | None
) -> pd.DataFrame | None:
    if weighing is None:
        return None
    heavy = weighing.people(yes)
    if heavy.empty:
        return None
    group = None if by is None else by.reindex(heavy.index).cat.remove_unused_categories()
    return proportions.shares(heavy, by=group, weights=weighing.weights)


def shown_groups(
    yes: pd.Series,
    by: pd.Series,
    codebook: Codebook,
    *,
    weighing: Weighing | None = None,
    everybody: pd.Series | None = None,
) -> pd.DataFrame:
    """Give the share of each group of people, and hide what rests on few.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    by : pandas.Series
        Categorical, the group of each person, none missing.
    codebook : Codebook
        Its threshold.
    weighing : Weighing, optional
        For a second share, weighted, of the people who have a weight.
    everybody : pandas.Series, optional
        Boolean, of a larger base whose share readers know.

    Returns
    -------
    pandas.DataFrame
        `level, n, estimate, conf_low, conf_high, weighted` (text, with interval): shares in whole
        percent, intervals (Wilson's) outwards. Groups add up to everybody, so where one is
        hidden others are too, until three are that together hold twice the threshold of both
        kinds of answer (`privacy.shown_margins`). If the people of `everybody` who are in no
        group include fewer than the threshold of a kind, all shares are in steps of five.
    """
    rows = proportions.shares(yes, by=by).astype({"level": "str"})
    rows = rows.assign(variable="group", n_top=rows["n_yes"], raw_share=rows["estimate"])
    shown = shown_margins(rows, codebook)
    shown[NUMBERS] = shown[NUMBERS].mask(shown["raw_share"].isna())
    step = 0.05 if _narrow(yes, everybody, codebook.disclosure_threshold) else 0.01
    heavy = _weighted(yes, weighing, by)
    cells = pd.Series("", index=shown.index)
    if heavy is not None:
        own = heavy.set_index(heavy["level"].astype("str")).reindex(shown["level"])
        own = outwards(own.reset_index(drop=True), step)
        known = own["estimate"].notna() & shown["estimate"].notna()
        cells = pd.Series([in_one_cell(*row) for row in own[NUMBERS].to_numpy()]).where(
            known, HIDDEN
        )
    return outwards(shown[["level", "n", *NUMBERS]], step).assign(weighted=cells)


def _narrow(yes: pd.Series, everybody: pd.Series | None, threshold: int) -> bool:
    """Tell whether the people outside the groups could be worked out to a small number."""
    if everybody is None:
        return False
    rest = everybody[~everybody.index.isin(yes.index)]
    return bool(0 < len(rest) and min(rest.sum(), (~rest).sum()) < threshold)


def outwards(rows: pd.DataFrame, step: float = 0.01) -> pd.DataFrame:
    """Round shares to multiples of a step, and their intervals outwards.

    Parameters
    ----------
    rows : pandas.DataFrame
        With `estimate, conf_low, conf_high`.
    step : float
        Such as 0.01 for whole percent.

    Returns
    -------
    pandas.DataFrame
        A copy.

    Examples
    --------
    >>> rows = pd.DataFrame({"estimate": [0.416], "conf_low": [0.358], "conf_high": [0.473]})
    >>> outwards(rows).to_numpy().round(2).tolist(), outwards(rows, 0.05).to_numpy().round(2).tolist()
    ([[0.42, 0.35, 0.48]], [[0.4, 0.35, 0.5]])
    """
    found = rows.copy()
    ways = {"estimate": np.round, "conf_low": np.floor, "conf_high": np.ceil}
    for column, how in ways.items():
        units = how((rows[column] / step).round(9))
        found[column] = np.round(units * step, 2) + 0.0
    return found


def tests(yes: pd.Series, groups: pd.DataFrame, weighing: Weighing | None = None) -> pd.DataFrame:
    """Test for each grouping whether its groups have the same share: one family.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    groups : pandas.DataFrame
        Categorical, a column a grouping, none missing.
    weighing : Weighing, optional
        For a second family with weights.

    Returns
    -------
    pandas.DataFrame
        `grouping, statistic, df, p_value, p_adjusted, n`, and with weights `p_weighted`: Rao and
        Scott's test, adjusted by Holm's method over the groupings.
    """
    plain: dict[str, RaoScott] = {
        name: proportions.rao_scott(yes, by) for name, by in groups.items()
    }
    table = proportions.family(plain).rename(columns={"test": "grouping"})
    if weighing is None:
        return table
    heavy = weighing.people(yes)
    weighted = {
        name: proportions.rao_scott(heavy, by[heavy.index], weights=weighing.weights)
        for name, by in groups.items()
    }
    return table.assign(p_weighted=proportions.family(weighted)["p_adjusted"].to_numpy())


def likelihood_ratios(people: pd.DataFrame, outcome: str, terms: Sequence[str]) -> pd.DataFrame:
    """Test each term of a model of several against the model without it: one family.

    Parameters
    ----------
    people : pandas.DataFrame
        The outcome, an ordered Categorical, and the terms.
    outcome : str
        Its column.
    terms : sequence of str
        Columns of predictors.

    Returns
    -------
    pandas.DataFrame
        As `ordinal.family`.
    """
    full = ordinal.fit(f"{outcome} ~ {' + '.join(terms)}", people)
    found = {}
    for term in terms:
        others = " + ".join(each for each in terms if each != term) or "1"
        found[term] = ordinal.compare(full, ordinal.fit(f"{outcome} ~ {others}", people))
    return ordinal.family(found)


def adjusted(model: OrdinalFit, terms: Sequence[str], *, top: int = 2) -> tuple:
    """Predict the share of each group of several groupings, and its difference from everybody.

    Parameters
    ----------
    model : OrdinalFit
        The model.
    terms : sequence of str
        Categorical predictors.
    top : int
        How many of the highest answers count.

    Returns
    -------
    tuple of pandas.DataFrame
        As `Margins.frame` and `margins.differences`, a row a group. The intervals of the
        differences hold together over the groups of a grouping, and p is adjusted over these.
    """
    found = [margins.shares(model, term, top=top) for term in terms]
    frames = [each.frame() for each in found]
    apart = [margins.differences(each) for each in found]
    return pd.concat(frames, ignore_index=True), pd.concat(apart, ignore_index=True)


def shown_adjusted(
    exact: pd.DataFrame, differences: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Hide and round predicted shares, grouping by grouping.

    Parameters
    ----------
    exact, differences : pandas.DataFrame
        As `adjusted` returns them.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.DataFrame
        `variable` and what `satisfaction_tables.shown_shares` returns, with levels that are clear
        by themselves.
    """
    parts = [
        shown_shares(rows, codebook, differences=differences.loc[rows.index])
        for _, rows in exact.groupby("variable", sort=False)
    ]
    return with_labels(pd.concat(parts, ignore_index=True))


def shown_places(
    ticked: pd.DataFrame, codebook: Codebook, *, weighing: Weighing | None = None
) -> pd.DataFrame:
    """Give the share of people who named each place, most first, and hide what rests on few.

    Parameters
    ----------
    ticked : pandas.DataFrame
        Indicators 1 and 0, a column a place called by its label.
    codebook : Codebook
        Its threshold.
    weighing : Weighing, optional
        For a second share, weighted.

    Returns
    -------
    pandas.DataFrame
        `level, n_yes, n, estimate, conf_low, conf_high, raw_share` (the weighted share, NA
        without weights) and `weighted` (text, with interval).
    """
    rows = proportions.shares(ticked).rename(columns={"answer": "level"})
    heavy = _weighted(ticked, weighing, None)
    ends = pd.DataFrame(np.nan, index=rows.index, columns=NUMBERS)
    if heavy is not None:
        ends = outwards(heavy[NUMBERS])
    rows["raw_share"] = ends["estimate"]
    shown = hide_small(
        rows,
        counts=["n_yes"],
        values=["n_yes", *NUMBERS, "raw_share"],
        threshold=codebook.disclosure_threshold,
        complete=False,
    )
    cells = pd.Series([in_one_cell(*row) for row in ends.to_numpy()], index=rows.index)
    shown["weighted"] = cells.where(shown["estimate"].notna(), HIDDEN)
    columns = ["level", "n_yes", "n", *NUMBERS, "raw_share", "weighted"]
    shown = shown.astype({"level": "str"})[columns]
    return shown.sort_values("estimate", ascending=False, kind="stable").reset_index(drop=True)


def shown_compared(yes: pd.Series, second: pd.Series, codebook: Codebook) -> pd.Series:
    """Compare the share of two groups of people, and hide it where few are behind it.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    second : pandas.Series
        Boolean, True for people of the second group.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.Series
        `share_first, share_second, estimate, conf_low, conf_high, p_value, n_first, n_second, n`:
        Newcombe's interval and Fisher's exact test; NA where hidden. Shares are in whole percent.

    Raises
    ------
    ValueError
        If one of the groups is empty.
    """
    row = proportions.compare(yes.to_frame("yes"), second).iloc[0].drop(["answer", "p_adjusted"])
    row = row.astype(float)
    row["n"] = row["n_first"] + row["n_second"]
    people = [row[f"yes_{each}"] for each in ("first", "second")]
    people += [row[f"n_{each}"] - row[f"yes_{each}"] for each in ("first", "second")]
    numbers = ["share_first", "share_second", "estimate", "conf_low", "conf_high"]
    row[numbers] = row[numbers].round(2) + 0.0
    if min(people) < codebook.disclosure_threshold:
        row[[*numbers, "p_value"]] = np.nan
    return row.drop(["yes_first", "yes_second"])


def with_labels(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of several groupings with levels that are clear without their heading."""
    return rows.assign(level=labelled(rows))

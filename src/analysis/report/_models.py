"""Tables of models that several notebooks show."""

from collections.abc import Mapping

import pandas as pd

from analysis.margins import Margins, differences
from analysis.numerics import interval, outwards
from analysis.privacy import mark


def term_table(freed: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Name the terms of the tests of proportional odds.

    Parameters
    ----------
    freed : pandas.DataFrame
        As `assumptions.freed_terms` returns it.
    names : mapping of str to str
        What the terms are called.

    Returns
    -------
    pandas.DataFrame
        `term, statistic, df, p_value, p_adjusted, n`. The likelihood ratio is left out: whether
        it exists tells that nobody of some category gave some answer.
    """
    columns = ["term", "statistic", "df", "p_value", "p_adjusted", "n"]
    return freed[columns].assign(term=freed["term"].replace(dict(names)))


def models_beside(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Put the shares of two models side by side.

    Parameters
    ----------
    first, second : pandas.DataFrame
        As `privacy.shown_predictions` returns them, the same levels.

    Returns
    -------
    pandas.DataFrame
        `level, first, first_interval, second, second_interval`, shares as text.
    """
    rows = {"level": first["level"]}
    for name, frame in (("first", first), ("second", second)):
        rows[name] = [mark(v) if pd.isna(v) else f"{100 * v:.0f}%" for v in frame["estimate"]]
        rows[f"{name}_interval"] = [
            mark(low) if pd.isna(low) else interval(low, high, "whole percent")
            for low, high in zip(frame["conf_low"], frame["conf_high"], strict=True)
        ]
    return pd.DataFrame(rows)


def furthest(first: pd.DataFrame, second: pd.DataFrame) -> pd.Series:
    """Find the category whose share differs most between two models.

    Parameters
    ----------
    first, second : pandas.DataFrame
        As `privacy.shown_predictions` returns them, the same levels.

    Returns
    -------
    pandas.Series
        `level, apart, outside`: the difference, and how many levels have a share in the second
        model that lies outside their interval in the first.
    """
    apart = (first["estimate"] - second["estimate"]).abs()
    out = (second["estimate"] < first["conf_low"]) | (second["estimate"] > first["conf_high"])
    at = apart.fillna(-1.0).idxmax()
    return pd.Series({"level": first.loc[at, "level"], "apart": apart[at], "outside": out.sum()})


def with_and_without(found: Mapping[str, Margins], people: pd.Series) -> pd.DataFrame:
    """Compare the people for whom something is true with the others, in one or more models.

    Parameters
    ----------
    found : mapping of str to Margins
        As `margins.indicators` returns it for one indicator, by what the model is called.
    people : pandas.Series
        The indicator of each person.

    Returns
    -------
    pandas.DataFrame
        A row a model: `model, share_yes, share_no, estimate, conf_low, conf_high, p_value, n,
        n_yes`; shares in whole percent and differences in whole points.
    """
    rows = []
    for name, each in found.items():
        row = differences(each).iloc[0]
        shares = {"share_yes": each.estimate[0, -1], "share_no": each.reference[0, -1]}
        numbers = shares | row[["estimate", "conf_low", "conf_high"]].to_dict()
        rounded = {key: round(float(value), 2) + 0.0 for key, value in numbers.items()}
        ends = outwards(row["conf_low"], row["conf_high"])
        rounded |= dict(zip(("conf_low", "conf_high"), ends, strict=True))
        rows.append({"model": name} | rounded | {"p_value": row["p_value"]})
    return pd.DataFrame(rows).assign(n=len(people), n_yes=int(people.sum()))

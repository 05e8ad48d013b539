"""Tests and models of who would use a video chat: groups one by one, and side by side."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analysis import assumptions, findings, margins, ordinal, proportions
from analysis.assumption_tables import furthest as between_models
from analysis.codebook import Codebook
from analysis.ordinal import OrdinalFit
from analysis.population import Weighing
from analysis.satisfaction_tables import shown_shares
from analysis.video_people import labelled

#: Headings of the comparison of people who used another channel than the one they prefer.
COMPARED = {
    "model": "Comparison",
    "share_yes": "Another",
    "share_no": "That one",
    "estimate": "Difference, points",
}


def between_groups(
    yes: pd.Series, groups: pd.DataFrame, weighing: Weighing | None = None
) -> pd.DataFrame:
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
    plain = {name: proportions.rao_scott(yes, by) for name, by in groups.items()}
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


def with_labels(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of several groupings with levels that are clear without their heading."""
    return rows.assign(level=labelled(rows))


def top_alone(model: OrdinalFit, terms: Sequence[str]) -> pd.DataFrame | None:
    """Give the shares of a model of the highest answers against the others.

    Parameters
    ----------
    model : OrdinalFit
        A model of all answers, without weights.
    terms : sequence of str
        Its categorical predictors.

    Returns
    -------
    pandas.DataFrame or None
        As `Margins.frame`, a row a group; None where everybody of some group gave a highest
        answer or nobody did.
    """
    try:
        binary = assumptions.at_top(model)
    except ValueError:
        return None
    return adjusted(binary, terms, top=1)[0]


def furthest(shown: pd.DataFrame, top: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """Find the group whose adjusted share differs most in a model of the highest answers alone.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `shown_adjusted` returns it.
    top : pandas.DataFrame
        As `top_alone` returns it, the same groups.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.Series
        `level, apart` and `outside`: how many groups have a share in that model outside their
        interval in the first.
    """
    parts = [shown_shares(rows, codebook) for _, rows in top.groupby("variable", sort=False)]
    second = with_labels(pd.concat(parts, ignore_index=True))
    return between_models(shown.reset_index(drop=True), second)


def headline_rows(
    shown: pd.DataFrame, tests: pd.DataFrame, text: Callable[[pd.Series], str]
) -> list[dict]:
    """Make the headlines of the groupings that differ: their lowest and their highest group.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `shown_adjusted` returns it.
    tests : pandas.DataFrame
        `term, p_adjusted`.
    text : callable
        Makes a sentence of a row.

    Returns
    -------
    list of dict
        As `findings.row`, called by the grouping: ``video_age_lowest``, ``video_age_highest``.
    """
    found = []
    for term in tests.loc[tests["p_adjusted"] < 0.05, "term"]:
        rows = shown[(shown["variable"] == term) & ~shown["few"]].dropna(subset=["estimate"])
        rows = rows.sort_values("estimate", kind="stable")
        if len(rows) < 2:
            continue
        for name, row in (("lowest", rows.iloc[0]), ("highest", rows.iloc[-1])):
            who = "people who answered and told their groups"
            said = f"Video chat, {text(row)}"
            found.append(findings.row(f"video_{term}_{name}", said, row, n=row["n"], base=who))
    return found


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
    """
    names = ["share_first", "share_second", "estimate", "conf_low", "conf_high", "p_value"]
    if second.nunique() < 2:
        return pd.Series(np.nan, index=[*names, "n_first", "n_second", "n"])
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


def with_exact(compared: pd.Series, adjusted: pd.DataFrame) -> pd.DataFrame:
    """Put an unadjusted comparison of two groups above adjusted ones.

    Parameters
    ----------
    compared : pandas.Series
        As `shown_compared` returns it.
    adjusted : pandas.DataFrame
        As `satisfaction_tables.with_and_without` returns it.

    Returns
    -------
    pandas.DataFrame
        `model, share_yes, share_no, estimate, conf_low, conf_high, p_value, n`, the second group
        first.
    """
    numbers = ["estimate", "conf_low", "conf_high", "p_value", "n"]
    first = compared[numbers].to_dict() | {
        "model": "Unadjusted",
        "share_yes": compared["share_second"],
        "share_no": compared["share_first"],
    }
    columns = ["model", "share_yes", "share_no", *numbers]
    return pd.concat([pd.DataFrame([first]), adjusted], ignore_index=True)[columns]

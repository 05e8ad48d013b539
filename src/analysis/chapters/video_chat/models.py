"""Tests and models of who would use a video chat: groups one by one, and side by side."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis import assumptions, proportions
from analysis.ordinal import OrdinalFit
from analysis.population import Weighing
from analysis.privacy import HIDDEN_NUMBER, rule_of, shown_predictions
from analysis.report import adjusted, with_labels
from analysis.report import furthest as between_models
from analysis.survey.codebook import Codebook


def share_tests(
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
    parts = [shown_predictions(rows, codebook) for _, rows in top.groupby("variable", sort=False)]
    second = with_labels(pd.concat(parts, ignore_index=True))
    return between_models(shown.reset_index(drop=True), second)


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
    if not rule_of(codebook).enough(*people):
        row[[*numbers, "p_value"]] = np.full(6, HIDDEN_NUMBER)
    return row.drop(["yes_first", "yes_second"])


def with_exact(compared: pd.Series, adjusted: pd.DataFrame) -> pd.DataFrame:
    """Put an unadjusted comparison of two groups above adjusted ones.

    Parameters
    ----------
    compared : pandas.Series
        As `shown_compared` returns it.
    adjusted : pandas.DataFrame
        As `report.with_and_without` returns it.

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

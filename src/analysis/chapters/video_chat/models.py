"""Tests and models of who would use a video chat: groups one by one, and side by side."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from analysis import assumptions, margins, ordinal, proportions
from analysis.chapters.video_chat.titles import ADJUSTED, UNADJUSTED
from analysis.ordinal import OrdinalFit
from analysis.population import Weighing
from analysis.privacy import HIDDEN_NUMBER, rule_of, shown_predictions
from analysis.report import (
    adjusted,
    furthest,
    likelihood_ratios,
    shown_adjusted,
    with_and_without,
    with_labels,
)
from analysis.survey.codebook import Codebook

#: What tables of adjusted shares say of each group.
ADJUSTED_COLUMNS = [
    "level", "n", "raw_share", "estimate", "conf_low", "conf_high", "difference", "p_shown",
]  # fmt: skip


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


def top_alone(model: OrdinalFit, terms: Iterable[str], *, answers: Sequence[str]) -> pd.DataFrame:
    """Give the shares of a model of the best answers against the others.

    Parameters
    ----------
    model : OrdinalFit
        A model of all answers, without weights.
    terms : iterable of str
        Its categorical predictors.
    answers : sequence of str
        The best answers, by label.

    Returns
    -------
    pandas.DataFrame
        As `Margins.frame`, a row a group; empty where everybody of some group gave a best
        answer or nobody did.
    """
    try:
        binary = assumptions.against_others(model, answers=answers)
    except ValueError:
        return pd.DataFrame()
    return adjusted(binary, list(terms), answers=[margins.NAMED])[0]


def furthest_at_top(shown: pd.DataFrame, top: pd.DataFrame, codebook: Codebook) -> pd.Series:
    """Find the group whose adjusted share differs most in a model of the best answers alone.

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
        interval in the first. Empty without such a model.
    """
    if top.empty:
        return pd.Series(dtype=object)
    parts = [shown_predictions(rows, codebook) for _, rows in top.groupby("variable", sort=False)]
    second = with_labels(pd.concat(parts, ignore_index=True))
    return furthest(shown.reset_index(drop=True), second)


def shown_compared(yes: pd.Series, second: pd.Series, codebook: Codebook) -> pd.Series:
    """Compare the share of two groups of people, and hide it where few are behind it.

    Parameters
    ----------
    yes : pandas.Series
        Boolean, a value a person.
    second : pandas.Series
        1.0 or true for people of the second group; NA for who is in neither.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    pandas.Series
        `share_first, share_second, estimate, conf_low, conf_high, p_value, n_first, n_second, n`:
        Newcombe's interval and Fisher's exact test; NA where hidden. Shares are in whole percent.
    """
    names = ["share_first", "share_second", "estimate", "conf_low", "conf_high", "p_value"]
    second = second.dropna() == 1
    if second.nunique() < 2:
        return pd.Series(np.nan, index=[*names, "n_first", "n_second", "n"])
    row = proportions.compare(yes[second.index].to_frame("yes"), second).iloc[0]
    row = row.drop(["answer", "p_adjusted"]).astype(float)
    row["n"] = row["n_first"] + row["n_second"]
    people = [row[f"yes_{each}"] for each in ("first", "second")]
    people += [row[f"n_{each}"] - row[f"yes_{each}"] for each in ("first", "second")]
    numbers = ["share_first", "share_second", "estimate", "conf_low", "conf_high"]
    row[numbers] = row[numbers].round(2) + 0.0
    if not rule_of(codebook).enough(*people):
        row[[*numbers, "p_value"]] = np.full(6, HIDDEN_NUMBER)
    return row.drop(["yes_first", "yes_second"])


def with_adjusted(
    against: pd.Series, formula: str, people: pd.DataFrame, *, answers: Sequence[str]
) -> pd.DataFrame:
    """Put the difference in a model below the unadjusted one, of who used another channel.

    Parameters
    ----------
    against : pandas.Series
        As `shown_compared` returns it.
    formula : str
        Of the model without the comparison.
    people : pandas.DataFrame
        As `people.told` returns them, with `against`.
    answers : sequence of str
        The answers whose share is meant, by label.

    Returns
    -------
    pandas.DataFrame
        `model, share_yes, share_no, estimate, conf_low, conf_high, p_value, n`, the second group
        first. Empty where the first comparison is hidden or absent.
    """
    numbers = ["estimate", "conf_low", "conf_high", "p_value", "n"]
    columns = ["model", "share_yes", "share_no", *numbers]
    if pd.isna(against["estimate"]):
        return pd.DataFrame(columns=columns)
    could = people.dropna(subset=["against"])
    model = ordinal.fit(f"{formula} + against", could)
    found = margins.indicators(model, ["against"], answers=answers)
    first = against[numbers].to_dict() | {
        "model": UNADJUSTED,
        "share_yes": against["share_second"],
        "share_no": against["share_first"],
    }
    second = with_and_without({ADJUSTED: found}, could["against"])
    return pd.concat([pd.DataFrame([first]), second], ignore_index=True)[columns]


def by_preference(
    people: pd.DataFrame, terms: Iterable[str], codebook: Codebook, *, answers: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give adjusted shares by the channel preferred, which takes the place of the one used.

    Parameters
    ----------
    people : pandas.DataFrame
        As `people.told` returns them.
    terms : iterable of str
        The groupings of the model.
    codebook : Codebook
        Its threshold.
    answers : sequence of str
        The answers whose share is meant, by label.

    Returns
    -------
    tuple of pandas.DataFrame
        As `report.shown_adjusted`, a row a group of preferred channels, of the people who said
        what they prefer; and the likelihood ratios of the model's terms, preference last. Both
        are empty where nobody said it.
    """
    known = people.dropna(subset=["prefers"])
    if known.empty:
        return pd.DataFrame(columns=ADJUSTED_COLUMNS), pd.DataFrame()
    every = [*(each for each in terms if each != "channel"), "prefers"]
    model = ordinal.fit(f"video_use ~ {' + '.join(every)}", known)
    shown = shown_adjusted(*adjusted(model, ["prefers"], answers=answers), codebook)
    return shown, likelihood_ratios(known, "video_use", every)

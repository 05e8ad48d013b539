"""Who uses a channel against their preference, and who prefers which: what they answer."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from analysis import margins, ordinal, proportions
from analysis.chapters.video_chat.models import formula
from analysis.chapters.video_chat.titles import ADJUSTED, UNADJUSTED
from analysis.numerics import outwards
from analysis.privacy import HIDDEN_NUMBER, rule_of
from analysis.report import (
    Parts,
    adjusted,
    has_two_groups,
    likelihood_ratios,
    shown_adjusted,
    with_and_without,
)
from analysis.survey.codebook import Codebook


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
    ends = outwards(row["conf_low"], row["conf_high"])
    row[numbers] = [*(row[numbers[:3]].round(2) + 0.0), *ends]
    if not rule_of(codebook).enough(*people):
        row[[*numbers, "p_value"]] = np.full(6, HIDDEN_NUMBER)
    return row.drop(["yes_first", "yes_second"])


def against_preference(people: pd.DataFrame, codebook: Codebook, parts: Parts) -> pd.Series | None:
    """Compare who used another channel than preferred with who used that one.

    Parameters
    ----------
    people : pandas.DataFrame
        As `people.told` returns them.
    codebook : Codebook
        Its threshold.
    parts : Parts
        What is left out.

    Returns
    -------
    pandas.Series or None
        As `shown_compared`; None where the part "against" is left out.
    """
    if not parts.has("against"):
        return None
    return shown_compared(people["likely"], people["against"], codebook)


def with_adjusted(
    against: pd.Series, people: pd.DataFrame, names: Iterable[str], *, answers: Sequence[str]
) -> pd.DataFrame:
    """Put the difference in a model below the unadjusted one, of who used another channel.

    Parameters
    ----------
    against : pandas.Series
        As `against_preference` returns it.
    people : pandas.DataFrame
        As `people.told` returns them, with `against`.
    names : iterable of str
        The groupings that stand beside it in the model.
    answers : sequence of str
        The answers whose share is meant, by label.

    Returns
    -------
    pandas.DataFrame
        `model, share_yes, share_no, estimate, conf_low, conf_high, p_value, n`, the second group
        first; the first row alone without groupings, or where the model has no finite estimates.
    """
    numbers = ["estimate", "conf_low", "conf_high", "p_value", "n"]
    columns = ["model", "share_yes", "share_no", *numbers]
    first = against[numbers].to_dict() | {
        "model": UNADJUSTED,
        "share_yes": against["share_second"],
        "share_no": against["share_first"],
    }
    rows, could = pd.DataFrame([first])[columns], people.dropna(subset=["against"])
    terms = _grouped(could, names)
    side = formula([*terms, "against"])
    if not terms or ordinal.obstacle(side, could):
        return rows
    found = margins.indicators(ordinal.fit(side, could), ["against"], answers=answers)
    second = with_and_without({ADJUSTED: found}, could["against"])[columns]
    return pd.concat([rows, second], ignore_index=True)


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
        what they prefer; and the likelihood ratios of the model's terms, preference last.
    """
    known, every = people.dropna(subset=["prefers"]), preference_terms(people, terms)
    model = ordinal.fit(formula(every), known)
    shown = shown_adjusted(*adjusted(model, ["prefers"], answers=answers), codebook)
    return shown, likelihood_ratios(known, "video_use", every)


def preference_terms(people: pd.DataFrame, names: Iterable[str]) -> list[str]:
    """Name the terms of the model by preference, which takes the place of the channel used.

    Parameters
    ----------
    people : pandas.DataFrame
        As `people.told` returns them.
    names : iterable of str
        The groupings.

    Returns
    -------
    list of str
        Those in which people who said what they prefer are in two groups; preference last.
    """
    known = people.dropna(subset=["prefers"])
    return [*_grouped(known, (each for each in names if each != "channel")), "prefers"]


def _grouped(people: pd.DataFrame, names: Iterable[str]) -> list[str]:
    return [each for each in names if has_two_groups(people[each])]

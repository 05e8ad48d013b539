"""The tables of satisfaction by channel and district, and of how well the model fits."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis import assumptions, margins, ordinal
from analysis.ordinal import ModelTest, OrdinalFit
from analysis.privacy import HIDDEN, answer_counts, rule_of
from analysis.survey import Survey, bases

#: Brant's test leans on small categories, so it is made with groups of at least so many people.
ENOUGH = 50


def shown_brant(
    survey: Survey, frame: pd.DataFrame, used: pd.Series | pd.DataFrame
) -> tuple[assumptions.Brant | None, pd.DataFrame, str]:
    """Make Brant's test of groups of channels with enough people.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        `satisfaction` of each person.
    used : pandas.Series or pandas.DataFrame
        As `bases.channels` returns it.

    Returns
    -------
    tuple of Brant, pandas.DataFrame and str
        The test, None where there are not two groups of `ENOUGH` people or it has no finite
        estimates; log odds ratios of an answer above each boundary, `level` (the boundary),
        `channel` (the group), `estimate, conf_low, conf_high, raw_estimate, proportional`,
        rounded to a tenth, of groups with enough people at every answer; and what they compare
        with. Who is left out depends on the size of groups alone, never on their answers.
    """
    columns, names = _group_terms(survey, used)
    groups = bases.grouped(survey, used)
    several = isinstance(groups, pd.DataFrame)
    against = "people who did not" if several else str(groups.cat.categories[0])
    empty = pd.DataFrame(columns=["level", "channel", "estimate"])
    people = frame[["satisfaction"]].join(columns)
    if several:
        large = [name for name in columns if columns[name].sum() >= ENOUGH]
        formula = " + ".join(large)
    else:
        sizes = groups.value_counts()
        kept = [each for each in groups.cat.categories if sizes[each] >= ENOUGH]
        people = people[groups.isin(kept)]
        people = people.assign(group=people["group"].cat.set_categories(kept))
        against, large, formula = (kept or [""])[0], kept[1:], "group"
    if not large:
        return None, empty, against
    try:
        found = assumptions.brant(ordinal.fit(f"satisfaction ~ {formula}", people))
    except ValueError:
        return None, empty, against
    if found.left_out:
        return None, empty, against
    rows = found.cuts.assign(
        channel=lambda each: each["term"].map(names), level=lambda each: each["cut"]
    )
    counts = answer_counts(groups, frame["satisfaction"])
    enough = (~rule_of(survey.codebook).few(counts)).all(axis=1)
    rows = rows[rows["channel"].map(enough)].reset_index(drop=True)
    numbers = ["estimate", "conf_low", "conf_high", "proportional"]
    rows[numbers] = rows[numbers].round(1) + 0.0
    rows = rows[rows["channel"].isin(rows["channel"].unique()[:4])].assign(raw_estimate=np.nan)
    return found, rows[["level", "channel", *numbers, "raw_estimate"]], against


def top_alone(
    model: ordinal.OrdinalFit, without: ordinal.OrdinalFit, terms: Sequence[str]
) -> tuple[pd.DataFrame | None, ordinal.ModelTest | None]:
    """Give the shares and the test of channels of a model of the top answers against the others.

    Parameters
    ----------
    model, without : OrdinalFit
        Models of all answers, with the channels and without.
    terms : sequence of str
        The terms of the channels.

    Returns
    -------
    tuple of pandas.DataFrame and ModelTest
        As `Margins.frame` and the likelihood ratio; None and None where everybody of some category
        gave a top answer or nobody did, so that there are no finite estimates.
    """
    try:
        top = assumptions.at_top(model)
        test = ordinal.compare(top, assumptions.at_top(without))
    except ValueError:
        return None, None
    return margins.by_terms(top, terms, top=1).frame(), test


def named_rows(shown: pd.DataFrame, *, aside: str) -> pd.DataFrame:
    """Sort the categories that sentences may name, from the lowest share to the highest.

    Parameters
    ----------
    shown : pandas.DataFrame
        As `shown_shares` returns it.
    aside : str
        A category that is not named, since it gathers different things.

    Returns
    -------
    pandas.DataFrame
        Rows whose share is in whole percent; equal ones stay in order.
    """
    rows = shown[(shown["level"] != aside) & ~shown["few"] & shown["estimate"].notna()]
    return rows.sort_values("estimate", kind="stable")


def without_other(survey: Survey, frame: pd.DataFrame) -> ModelTest | None:
    """Test channels without the people of the answer that gathers all other channels.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        `satisfaction`, `district` and the channel of each person.

    Returns
    -------
    ModelTest or None
        The likelihood ratio; None where there is no such answer, people could name several, or
        nobody is left.
    """
    role, other = survey.used_role, survey.other_channel
    if role not in frame or not other:
        return None
    rest = frame[frame[role] != other]
    if len(rest) == len(frame) or rest[role].nunique() < 2:
        return None
    full = ordinal.fit(f"satisfaction ~ {role} + district", rest)
    return ordinal.compare(full, ordinal.fit("satisfaction ~ district", rest))


def shown_odds(
    fitted: OrdinalFit,
    terms: Sequence[str],
    levels: Mapping[str, str],
    few: Sequence[str],
) -> pd.DataFrame:
    """Give the odds ratios of a better answer, to two digits.

    Parameters
    ----------
    fitted : OrdinalFit
        A model with the logit link.
    terms : sequence of str
        Terms of the formula.
    levels : mapping of str to str
        What the columns of the model are called; others by their category.
    few : sequence of str
        Levels whose odds are hidden.

    Returns
    -------
    pandas.DataFrame
        `level, odds_ratio, interval, n`, text but for `n`, the people of the level.
    """
    columns = [name for term in terms for name in fitted.data.terms[term]]
    table = fitted.coefficients.set_index("term").loc[columns]
    people = fitted.data.people.sum(axis=1)
    at = [fitted.data.names.index(name) for name in columns]
    plain = pd.Series(columns).str.replace(r"^.*\[T\.(.*)\]$", r"\1", regex=True)
    named = plain.replace(dict(levels))
    rows = pd.DataFrame(
        {
            "level": named,
            "odds_ratio": [f"{np.exp(each):.2g}" for each in table["estimate"]],
            "interval": [
                f"{np.exp(low):.2g} to {np.exp(high):.2g}"
                for low, high in zip(table["conf_low"], table["conf_high"], strict=True)
            ],
            "n": (people @ (fitted.data.exog[:, at] != 0)).astype(float),
        }
    )
    hidden = rows["level"].isin(few)
    rows.loc[hidden, ["odds_ratio", "interval"]] = HIDDEN
    return rows


def _group_terms(
    survey: Survey, used: pd.Series | pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return groups of channels as a model takes them, and what its columns are called.

    Parameters
    ----------
    survey : Survey
        The survey.
    used : pandas.Series or pandas.DataFrame
        As `bases.channels` returns it.

    Returns
    -------
    tuple of pandas.DataFrame and dict
        One answer: a Categorical `group`, and its columns but for the baseline. Several: an
        indicator a group. The names lead from column to group.
    """
    groups = bases.grouped(survey, used)
    if isinstance(groups, pd.Series):
        rest = groups.cat.remove_unused_categories().cat.categories[1:]
        return groups.to_frame("group"), {f"group[T.{name}]": name for name in rest}
    names = {f"group_{at}": name for at, name in enumerate(groups.columns)}
    return groups.set_axis(list(names), axis=1).astype(float), names

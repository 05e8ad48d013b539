"""Who is compared: people who answered both questions, others, and groups such as districts."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from analysis import paired, proportions
from analysis.paired import Heterogeneity
from analysis.privacy import hide, hide_small, mark, rule_of, shown_group_shifts
from analysis.proportions import Share
from analysis.report import few_groups, interval, joined_ages, points
from analysis.survey import Survey, bases
from analysis.survey.codebook import Codebook

#: The questions by which people are grouped, if the survey asked them.
GROUPINGS = ("district", "age", "reason")

#: Those whose groups are shown.
SHOWN_GROUPINGS = ("district", "age")

#: The most groups of channels that a figure has room for.
MOST = 4

#: Groups of people are compared if so many of them are large enough to be shown.
GROUPS = 3

_Answers = pd.Series | pd.DataFrame


def same_twice(survey: Survey, used: _Answers, preferred: _Answers) -> Share | None:
    """Give the share of the people who named any channel whose two answers agree.

    Parameters
    ----------
    survey : Survey
        The survey.
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.

    Returns
    -------
    Share or None
        None if too few people named any.
    """
    same = same_answer(used, preferred)
    if rule_of(survey.codebook).few(len(same)):
        return None
    return proportions.share(same)


def same_answer(used: _Answers, preferred: _Answers) -> pd.Series:
    """Tell of the people who named any channel whose two answers agree.

    Parameters
    ----------
    used, preferred : pandas.Series or pandas.DataFrame
        As `bases.channels` returns them.

    Returns
    -------
    pandas.Series
        Boolean, a value a person: the same answer was given twice. Where one question takes
        several answers and the other one, the one is among the several.
    """
    named = bases.named_any(used, preferred)
    if not named.any():
        return pd.Series(dtype=bool)
    pairs = paired.read_pairs(used[named], preferred[named])
    same = (pairs.used == pairs.preferred).all(axis=1)
    if isinstance(used, pd.DataFrame) != isinstance(preferred, pd.DataFrame):
        both = (pairs.used == 1) & (pairs.preferred == 1)
        same = both.any(axis=1)
    return pd.Series(np.asarray(same), index=used.index[named])


def same_words(survey: Survey) -> str:
    """Say in words what `same_answer` counts.

    Parameters
    ----------
    survey : Survey
        A survey that asked both.

    Returns
    -------
    str
        What follows who the people are.

    Examples
    --------
    >>> from analysis import survey
    >>> same_words(survey.load("herts_2023"))
    'gave the same answer to both questions'
    """
    did, would = f"what they {survey.words.used}", f"what they {survey.words.preferred}"
    several = [
        survey.codebook.question(each).kind == "multiple"
        for each in (survey.used_role, "preferred")
    ]
    if several == [True, False]:
        return f"named {would} among {did}"
    if several == [False, True]:
        return f"named {did} among {would}"
    return "gave the same answer to both questions"


def groupings(
    survey: Survey, frame: pd.DataFrame, roles: Sequence[str] = GROUPINGS
) -> pd.DataFrame:
    """Return the answers by which people are grouped.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        Rows of `survey.responses()`.
    roles : sequence of str
        Questions; those are left out that the survey did not ask, or of whose groups fewer than
        `GROUPS` are large enough to be shown.

    Returns
    -------
    pandas.DataFrame
        Categorical, a column a question; ages as `report.joined_ages` joins them.
    """
    asked = [role for role in roles if survey.has(role)]
    if "age" in asked and isinstance(frame["age"].dtype, pd.CategoricalDtype):
        frame = frame.assign(age=joined_ages(survey, frame))
    few = {role: few_groups(survey, frame[role], role, least=GROUPS) for role in asked}
    return frame[[role for role in asked if not few[role]]]


def between(
    survey: Survey, frame: pd.DataFrame, answers: Sequence[_Answers], in_groups: Sequence[_Answers]
) -> tuple[pd.DataFrame, dict[str, Heterogeneity]]:
    """Compare the shifts of groups of people.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        Rows of `survey.responses()`.
    answers, in_groups : sequence of pandas.Series or pandas.DataFrame
        What these people used and prefer: channels, and groups of channels.

    Returns
    -------
    tuple of pandas.DataFrame and dict
        The tests of all channels, as `paired.heterogeneities` returns them, a row for each of
        `GROUPINGS`; and what it finds for groups of channels by `SHOWN_GROUPINGS`.
    """
    _, tests = paired.heterogeneities(*answers, groupings(survey, frame))
    found, _ = paired.heterogeneities(*in_groups, groupings(survey, frame, SHOWN_GROUPINGS))
    return tests, found


def side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay the shrunken shifts of groups out as text, a row a group and a column a channel.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `privacy.shown_group_shifts` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, n, n_low, n_high`, then a column a channel: the shift in whole points with its
        interval.
    """
    spans = [
        interval(low, high, "whole points")
        for low, high in zip(rows["conf_low"], rows["conf_high"], strict=True)
    ]
    cells = rows.assign(
        cell=[
            mark(estimate) if np.isnan(estimate) else f"{points(estimate, 0)} ({span})"
            for estimate, span in zip(rows["estimate"], spans, strict=True)
        ]
    )
    order = [each for each in rows["channel"].cat.categories if each in set(rows["channel"])]
    wide = cells.pivot_table(
        index="level", columns="channel", values="cell", aggfunc="first", observed=True
    )[order]
    sizes = rows.drop_duplicates("level").set_index("level")[["n", "n_low", "n_high"]]
    wide = sizes.reindex(wide.index).join(wide)
    return wide.rename_axis(columns=None).reset_index()


def shown_districts(
    found: Heterogeneity | None, means: pd.Series, codebook: Codebook
) -> tuple[pd.DataFrame, pd.Series]:
    """Give the shifts of the districts for the groups of channels that shift most.

    Parameters
    ----------
    found : Heterogeneity or None
        As `paired.heterogeneity` returns it; None if there are no districts to compare.
    means : pandas.Series
        The shift of everybody, by group of channels.
    codebook : Codebook
        Its threshold.

    Returns
    -------
    tuple of pandas.DataFrame and pandas.Series
        As `privacy.shown_group_shifts` returns it, no rows without districts; and the `MOST`
        largest of `means`, up or down.
    """
    most = means[means.abs().nlargest(MOST).index]
    if found is None:
        return pd.DataFrame(columns=["level", "channel", "estimate"]), most
    return shown_group_shifts(found, codebook, list(most.index)), most


def indicators(answers: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Return what each person answered as indicators.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        As `bases.channels` returns it.

    Returns
    -------
    pandas.DataFrame
        1.0 and 0.0, a column an answer.

    Examples
    --------
    >>> indicators(pd.Series(["Web", "Phone"], dtype="category")).to_numpy().tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    return pd.get_dummies(answers, dtype=float)


def shown_comparison(
    answers: pd.Series | pd.DataFrame,
    outside: pd.Series,
    codebook: Codebook,
    *,
    hidden: Collection[str] = (),
) -> pd.DataFrame:
    """Compare two groups of people, and hide the answers that few people of either gave.

    Parameters
    ----------
    answers : pandas.Series or pandas.DataFrame
        As `proportions.compare` takes it.
    outside : pandas.Series
        Boolean, True for people of the second group.
    codebook : Codebook
        Its threshold.
    hidden : collection of str
        Answers of which another table hides how many of the first group gave them.

    Returns
    -------
    pandas.DataFrame
        `answer, share_first, share_second, estimate, conf_low, conf_high, p_adjusted`; hidden
        numbers are NA. If the answers add up to everybody, a second one may be hidden too, else
        those are hidden as well that few people did not give. No rows if nobody is in the second
        group.
    """
    values = ["share_first", "share_second", "estimate", "conf_low", "conf_high", "p_adjusted"]
    if not outside.any():
        return pd.DataFrame(columns=["answer", *values])
    rows = proportions.compare(answers, outside)
    people = rows[["yes_first", "yes_second"]].to_numpy().sum()
    whole = bool(people == rows[["n_first", "n_second"]].iloc[0].sum())
    others = {f"no_{each}": rows[f"n_{each}"] - rows[f"yes_{each}"] for each in ("first", "second")}
    shown = hide_small(
        rows.assign(**others),
        counts=["yes_first", "yes_second", *([] if whole else others)],
        values=values,
        rule=rule_of(codebook),
        complete=whole,
    )
    shown[values] = hide(shown[values], shown["estimate"].isna() | shown["answer"].isin(hidden))
    return shown[["answer", *values]]

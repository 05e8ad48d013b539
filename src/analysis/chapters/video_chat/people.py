"""The people who said whether they would use a video chat, and the groups they are compared by."""

import numpy as np
import pandas as pd

from analysis.chapters.video_chat.tables import shown_group_shares
from analysis.groups import joined
from analysis.privacy import rule_of
from analysis.report import (
    has_two_groups,
    joined_ages,
    joined_channel_groups,
    told_by_most,
)
from analysis.survey import Survey, bases, preferences
from analysis.survey.bases import Base
from analysis.survey.exclusions import exclude
from analysis.survey.measures import top_answers

#: What groups people, as `told` names it; the channel is a group of channels used.
_GROUPINGS = ("age", "disability", "district", "channel")

#: The group of people who were not asked which channel they used, and of who named several.
NOT_ASKED, SEVERAL, NONE = "Not asked about use", "Several", "None"


def channel_group(survey: Survey, frame: pd.DataFrame, role: str) -> pd.Series:
    """Bring each person's answer on channels to one group of channels.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        Rows of `survey.responses()`.
    role : str
        "used", "used_last" or "preferred".

    Returns
    -------
    pandas.Series
        Categorical: the codebook's groups, a channel that was not on offer on its own; then
        `SEVERAL` for who named channels of more groups than one, `NONE` for who named none, and
        `NOT_ASKED`. NA for who did not answer.
    """
    question = survey.codebook.question(role)
    alone = set(survey.not_offered) if survey.has(survey.used_role) else set()
    groups = {label: label if label in alone else group for label, group in question.groups.items()}
    order = [*dict.fromkeys(groups.values()), SEVERAL, NONE, NOT_ASKED]
    if question.kind == "multiple":
        named = frame[list(question.columns)].rename(columns=survey.labels(role))
        exclusive = [each.label for each in question.answers if each.exclusive]
        by_group = named.drop(columns=exclusive).T.groupby(groups).max().T
        count = by_group.sum(axis=1)
        own = by_group.fillna(0.0).idxmax(axis=1).where(count == 1, SEVERAL).where(count > 0, NONE)
        own = own.where(named.notna().all(axis=1))
    else:
        own = frame[role].astype("str").map(groups)
    own = own.mask(bases.not_asked(survey, frame, role), NOT_ASKED)
    return own.astype(pd.CategoricalDtype(order))


def likely(survey: Survey, responses: pd.DataFrame) -> pd.Series:
    """Mark the people who gave one of the best answers on using a video chat.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    pandas.Series
        Boolean, of everybody with a substantive answer.

    Raises
    ------
    ValueError
        If nobody answered.
    """
    answers = bases.answered(survey, responses, ["video_use"]).frame["video_use"]
    return answers.isin(top_answers(survey, "video_use"))


def told(survey: Survey, responses: pd.DataFrame) -> Base:
    """Select the people who also told what groups they belong to, and name the groups.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.

    Returns
    -------
    Base
        With columns `likely` (boolean, one of the best answers), `age` and `channel`, the
        group of channels used, joined where they hold too few people (`groups.joined`);
        `prefers`, the group of channels preferred, a channel that was not on offer on its own, NA
        for who did not say; and `against`: 1.0 for who used another channel than preferred, else
        0.0, NA of whom this is not known (`preferences.used_preferred`). One base for all groups:
        with one base a grouping, those who did not tell could be worked out.

    Raises
    ------
    ValueError
        If nobody said whether they would use it.

    Notes
    -----
    Age, disability, district and the channel used count as far as the survey asks them and most
    people told them (`report.told_by_most`).
    """
    people = bases.answered(survey, responses, ["video_use"]).frame
    if survey.has(survey.used_role):
        people = people.assign(channel=channel_group(survey, people, survey.used_role))
    chosen = told_by_most(people, _GROUPINGS)
    roles = [each for each in chosen if each != "channel"]
    base = bases.answered(survey, responses, ["video_use", *roles])
    others = [each for each in _GROUPINGS if each in base.frame and each not in chosen]
    frame, ledger = base.frame.drop(columns=others), base.ledger
    if "channel" in chosen:
        frame = frame.assign(channel=channel_group(survey, frame, survey.used_role))
        silent = frame["channel"].isna()
        reason = f"did not say which {survey.words.channel} they used"
        frame, ledger = exclude(frame, ledger, silent, step="no channel", reason=reason)
        ledger.reconcile(len(frame))
    frame = frame.assign(likely=frame["video_use"].isin(top_answers(survey, "video_use")))
    fewest = rule_of(survey.codebook).people_needed(float(frame["likely"].mean()))
    if "age" in chosen:
        frame["age"] = joined_ages(survey, responses).loc[frame.index]
    if "channel" in chosen:
        frame["channel"] = joined_channel_groups(survey, frame["channel"], responses)
    for each in set(chosen) & {"age", "channel"}:
        in_order = each == "age" and survey.codebook.question("age").in_order
        frame[each] = joined(frame[each], fewest, in_order=in_order)
    return Base(frame=_with_preference(survey, frame), ledger=ledger)


def _with_preference(survey: Survey, frame: pd.DataFrame) -> pd.DataFrame:
    """Add `prefers` and `against`; both are NA where the survey asks no preference."""
    frame = frame.assign(prefers=np.nan, against=np.nan)
    if not survey.has("preferred"):
        return frame
    prefers = channel_group(survey, frame, "preferred")
    prefers = prefers[prefers.notna() & ~prefers.isin([NOT_ASKED, NONE])]
    small = joined(prefers, rule_of(survey.codebook).people(), in_order=False)
    frame = frame.assign(prefers=small.reindex(frame.index))
    if not survey.has(survey.used_role):
        return frame
    used_group = channel_group(survey, frame, survey.used_role)
    asked = frame[frame["prefers"].notna() & used_group.notna() & (used_group != NOT_ASKED)]
    got = preferences.used_preferred(survey, asked)
    return frame.assign(against=(1.0 - got).reindex(frame.index))


def groupings(survey: Survey, frame: pd.DataFrame, *, district: bool = False) -> dict[str, str]:
    """Name the groupings of people of which two groups or more can be shown.

    Parameters
    ----------
    survey : Survey
        The survey.
    frame : pandas.DataFrame
        As `told` returns it.
    district : bool
        True names the district too, last; models leave it out.

    Returns
    -------
    dict
        Column -> what its groups are called in the plural, in the order of the tables. A grouping
        of which all is hidden helps nobody, and a test of it would tell what is hidden.
    """
    words = survey.words
    names = {
        "age": "age groups",
        "disability": "answers on disability",
        "channel": f"{survey.channel_groups} used",
    }
    if district:
        names["district"] = words.districts
    here = {key: name for key, name in names.items() if key in frame}
    return {key: name for key, name in here.items() if _two_shown(survey, frame, key)}


def _two_shown(survey: Survey, frame: pd.DataFrame, key: str) -> bool:
    """Tell whether the shares of two groups or more can be shown.

    Parameters
    ----------
    survey : Survey
        The survey; its codebook sets the disclosure threshold.
    frame : pandas.DataFrame
        As `told` returns it.
    key : str
        Column of groups; who is in none is left out.

    Returns
    -------
    bool
        False too where nobody is in a group.
    """
    people = frame.dropna(subset=[key])
    if not has_two_groups(people[key]):
        return False
    shown = shown_group_shares(people["likely"], people[key], survey.codebook)
    return bool(shown["estimate"].notna().sum() > 1)

"""Answers on what people used and prefer, counted of the people of notebook 03."""

from dataclasses import dataclass

import pandas as pd

from analysis import paired, privacy
from analysis.chapters.preferred_vs_used import people
from analysis.privacy import rule_of
from analysis.survey import Survey, bases


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The people whose answers to a question on channels are counted, and what is hidden."""

    frame: pd.DataFrame
    who: str
    hidden: frozenset[str]


def compared(survey: Survey, responses: pd.DataFrame) -> dict[str, Counted]:
    """Say whose answers on what they used and prefer are counted.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    dict
        The role of the question on use and "preferred": the people who answered both, and of the
        second also those who were not asked the first, as notebook 03 shows them. What it hides is
        hidden: another base, or another answer shown, would give away what it keeps. Empty if one
        of the questions was not asked, or few answered both.
    """
    if not survey.has("preferred", survey.used_role):
        return {}
    base, used, preferred = people.compared(survey, responses)
    if rule_of(survey.codebook).few(base.n):
        return {}
    role = survey.used_role
    words, question = survey.words, survey.codebook.question
    both = f"{question(role).base}; of these, who also said what they {words.preferred}"
    hidden = _hidden_shifts(survey, used, preferred)
    everyone, outside = bases.with_not_asked(
        survey, responses, base, role=role, answered_role="preferred"
    )
    also = _hidden_outside(survey, everyone, outside) if outside.any() else frozenset()
    asked = question("preferred").base
    if len(everyone) < len(bases.answered(survey, responses, ["preferred"]).frame):
        asked = f"{asked}; of these, who said what they {words.used} or were not asked that"
    return {
        role: Counted(frame=base.frame, who=both, hidden=hidden),
        "preferred": Counted(frame=everyone, who=asked, hidden=hidden | also),
    }


def _hidden_shifts(
    survey: Survey, used: pd.Series | pd.DataFrame, preferred: pd.Series | pd.DataFrame
) -> frozenset[str]:
    """Return the channels whose shift notebook 03 hides."""
    in_groups = [bases.grouped(survey, each) for each in (used, preferred)]
    shown, _ = privacy.shown_shifts(
        paired.shifts(used, preferred), paired.shifts(*in_groups), survey.codebook, survey.used_role
    )
    return frozenset(shown.loc[shown["estimate"].isna(), "channel"].astype("str"))


def _hidden_outside(survey: Survey, everyone: pd.DataFrame, outside: pd.Series) -> frozenset[str]:
    """Return the channels of which notebook 03 hides how many prefer them, asked about use or not.

    Groups of channels add no equation: nothing tells how many of everybody prefer one.
    """
    preferred = bases.channels(survey, everyone, "preferred")
    shown = people.shown_comparison(preferred, outside, survey.codebook)
    return frozenset(shown.loc[shown["estimate"].isna(), "answer"].astype("str"))

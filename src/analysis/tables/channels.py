"""Answers on what people used and prefer, counted of the people of notebook 03."""

from dataclasses import dataclass

import pandas as pd

from analysis import paired, privacy
from analysis.primary import pair
from analysis.privacy import hide_small, rule_of
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
    base, used, preferred = pair.compared(survey, responses)
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
    """Return the channels that few prefer of those who were asked about use, or were not."""
    question = survey.codebook.question("preferred")
    preferred = bases.channels(survey, everyone, "preferred")
    chosen = preferred if isinstance(preferred, pd.DataFrame) else pd.get_dummies(preferred)
    counts = pd.DataFrame({"asked": chosen[~outside].sum(), "others": chosen[outside].sum()})
    counts = counts.assign(share=0.0)
    several, rule = isinstance(preferred, pd.DataFrame), rule_of(survey.codebook)
    groups = pd.Series(counts.index, index=counts.index).map(question.groups)
    parts = [counts] if several else [counts, *(part for _, part in counts.groupby(groups))]
    found: set[str] = set()
    for part in parts:
        shown = hide_small(
            part,
            counts=["asked", "others"],
            values=["share"],
            rule=rule,
            complete=not several,
        )
        found |= set(shown.index[shown["share"].isna()].astype("str"))
    return frozenset(found)

"""Answers on what people used and prefer, counted of the people of notebook 03."""

from dataclasses import dataclass

import pandas as pd

from analysis import population
from analysis.chapters.preferred_vs_used import people
from analysis.primary import pair
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
    base, used, preferred = pair.compared(survey, responses)
    if rule_of(survey.codebook).few(base.n):
        return {}
    role = survey.used_role
    words, question = survey.words, survey.codebook.question
    both = f"{question(role).base}; of these, who also said what they {words.preferred}"
    hidden, _ = pair.hidden_shifts(survey, used, preferred)
    everyone, outside = bases.with_not_asked(
        survey, responses, base, role=role, answered_role="preferred"
    )
    also = _hidden_outside(survey, responses, everyone, outside) if outside.any() else frozenset()
    asked = question("preferred").base
    if len(everyone) < len(bases.answered(survey, responses, ["preferred"]).frame):
        asked = f"{asked}; of these, who said what they {words.used} or were not asked that"
    return {
        role: Counted(frame=base.frame, who=both, hidden=hidden),
        "preferred": Counted(frame=everyone, who=asked, hidden=hidden | also),
    }


def _hidden_outside(
    survey: Survey, responses: pd.DataFrame, everyone: pd.DataFrame, outside: pd.Series
) -> frozenset[str]:
    """Return the channels of which notebook 03 hides how many prefer them, asked about use or not.

    Notebook 02 shows how many people with a weight prefer each group of channels. Where that is
    everybody, a channel that is hidden alone in its group is hidden with another one of it.
    """
    preferred = bases.channels(survey, everyone, "preferred")
    shown = people.shown_comparison(preferred, outside, survey.codebook)
    found = set(shown.loc[shown["estimate"].isna(), "answer"].astype("str"))
    weighing = population.weigh(survey, responses)
    if weighing is None or len(weighing.people(everyone)) < len(everyone):
        return frozenset(found)
    if isinstance(preferred, pd.Series):
        counts = preferred.value_counts().drop(list(found))
        groups = survey.codebook.question("preferred").groups
        for channel in sorted(found):
            others = counts[[groups[each] == groups[channel] for each in counts.index]]
            alone = sum(groups[each] == groups[channel] for each in found) == 1
            if alone and len(others):
                found.add(str(others.idxmin()))
    return frozenset(found)

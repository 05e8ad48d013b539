"""The people whose use of digital channels is looked at, and their two answers."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis import ordinal
from analysis.groups import joined
from analysis.privacy import rule_of
from analysis.report import has_two_groups
from analysis.survey import Survey, bases
from analysis.survey.bases import Base

#: The two answers of a person, 1 if a digital channel is among those named.
USED, PREFERS = "used_digital", "prefers_digital"


def digital_base(survey: Survey, responses: pd.DataFrame) -> Base | None:
    """Select who said what they used and prefer, their age and whether they have a disability.

    Parameters
    ----------
    survey : Survey
        The survey; its words name the digital groups of channels.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.

    Returns
    -------
    Base or None
        With `used_digital` and `prefers_digital`, 1.0 or 0.0, and `age` joined where a band holds
        too few people. Age and disability count as far as the survey asks them. None where the
        codebook names no digital group, or the survey does not ask about use and preference.

    Raises
    ------
    ValueError
        If nobody is left.
    """
    if not survey.words.digital_groups or not survey.has(survey.used_role, "preferred"):
        return None
    roles = [role for role in ("age", "disability") if survey.has(role)]
    base = bases.answered(survey, responses, [survey.used_role, "preferred", *roles])
    frame = base.frame.assign(
        **{
            name: _digital(survey, base.frame, role)
            for name, role in ((USED, survey.used_role), (PREFERS, "preferred"))
        }
    )
    if "age" in roles:
        rarer = frame[[USED, PREFERS]].mean()
        share = float(np.minimum(rarer, 1 - rarer).min())
        frame["age"] = joined(frame["age"], rule_of(survey.codebook).people_needed(share))
    return Base(frame=frame, ledger=base.ledger)


def _digital(survey: Survey, frame: pd.DataFrame, role: str) -> pd.Series:
    groups = bases.grouped(survey, bases.channels(survey, frame, role))
    names = list(survey.words.digital_groups)
    if isinstance(groups, pd.Series):
        return groups.isin(names).astype(float)
    return groups[names].max(axis=1).astype(float)


def digital_groupings(frame: pd.DataFrame) -> list[str]:
    """Name the columns, of age and disability, that hold two groups or more."""
    return [name for name in ("age", "disability") if name in frame and has_two_groups(frame[name])]


def model(frame: pd.DataFrame, outcome: str, terms: Sequence[str]) -> ordinal.OrdinalFit:
    """Fit a logit model of using, or of preferring, a digital channel.

    Parameters
    ----------
    frame : pandas.DataFrame
        As `answered` returns it.
    outcome : str
        `USED` or `PREFERS`.
    terms : sequence of str
        Columns of predictors.

    Returns
    -------
    OrdinalFit
        A cumulative logit with one boundary is the binary logit; its top answer is "digital".

    Raises
    ------
    ValueError
        As `ordinal.fit`.
    """
    people = as_outcome(frame, outcome)
    return ordinal.fit(f"{outcome} ~ {' + '.join(terms)}", people)


def as_outcome(frame: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Return the people with one of the two answers as an ordered outcome, "other" and "digital".

    Parameters
    ----------
    frame : pandas.DataFrame
        As `answered` returns it.
    outcome : str
        `USED` or `PREFERS`.

    Returns
    -------
    pandas.DataFrame
        A copy.
    """
    names = np.where(frame[outcome] == 1, "digital", "other")
    kind = pd.CategoricalDtype(["other", "digital"], ordered=True)
    return frame.assign(**{outcome: pd.Series(names, index=frame.index).astype(kind)})

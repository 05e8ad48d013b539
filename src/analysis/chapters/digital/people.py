"""The people whose use of digital channels is looked at, and their two answers."""

import numpy as np
import pandas as pd

from analysis.groups import joined
from analysis.privacy import rule_of
from analysis.report import has_two_groups
from analysis.survey import Survey, bases

#: The two answers of a person, 1 if a digital channel is among those named.
USED, PREFERS = "used_digital", "prefers_digital"


def answered_both(survey: Survey, responses: pd.DataFrame) -> pd.DataFrame:
    """Select who said what they used and prefer, their age and whether they have a disability.

    Parameters
    ----------
    survey : Survey
        The survey; its words name the digital groups of channels.
    responses : pandas.DataFrame
        All rows of `survey.responses()`.

    Returns
    -------
    pandas.DataFrame
        Rows of `responses` with `used_digital` and `prefers_digital`, 1.0 or 0.0, and `age` joined
        where a band holds too few people. Age and disability count as far as the survey asks them.
        Empty where the codebook names no digital group, or the survey does not ask about use and
        preference.

    Raises
    ------
    ValueError
        If nobody is left.
    """
    if not survey.words.digital_groups or not survey.has(survey.used_role, "preferred"):
        return responses.iloc[:0].assign(**{USED: 0.0, PREFERS: 0.0})
    roles = [role for role in ("age", "disability") if survey.has(role)]
    frame = bases.answered(survey, responses, [survey.used_role, "preferred", *roles]).frame
    frame = frame.assign(
        **{
            name: _digital(survey, frame, role)
            for name, role in ((USED, survey.used_role), (PREFERS, "preferred"))
        }
    )
    if "age" in roles:
        rarer = frame[[USED, PREFERS]].mean()
        share = float(np.minimum(rarer, 1 - rarer).min())
        frame["age"] = joined(frame["age"], rule_of(survey.codebook).people_needed(share))
    return frame


def _digital(survey: Survey, frame: pd.DataFrame, role: str) -> pd.Series:
    groups = bases.grouped(survey, bases.channels(survey, frame, role))
    names = list(survey.words.digital_groups)
    if isinstance(groups, pd.Series):
        return groups.isin(names).astype(float)
    return groups[names].max(axis=1).astype(float)


def digital_groupings(frame: pd.DataFrame) -> list[str]:
    """Name the columns, of age and disability, that hold two groups or more."""
    return [name for name in ("age", "disability") if name in frame and has_two_groups(frame[name])]

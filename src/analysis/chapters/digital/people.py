"""The people whose use of digital channels is looked at, and their two answers."""

import numpy as np
import pandas as pd

from analysis.groups import joined
from analysis.privacy import rule_of
from analysis.report import has_two_groups, told_by_most
from analysis.survey import Survey, bases

#: The two answers of a person, 1 if a digital channel is among those named.
USED, PREFERS = "used_digital", "prefers_digital"

#: The groupings, and what their groups are called.
NAMES = {"age": "age groups", "disability": "answers on disability"}


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
        where a band holds too few people. Age and disability count as far as the survey asks them
        and most people told them (`report.told_by_most`); else they are no column. Empty where
        the codebook names no digital group, or nobody was asked about use and preference.
    """
    nobody = responses.iloc[:0].assign(**{USED: 0.0, PREFERS: 0.0})
    if not survey.words.digital_groups or not survey.has(survey.used_role, "preferred"):
        return nobody
    both = [survey.used_role, "preferred"]
    said = bases.answered(survey, responses, both).frame
    roles = told_by_most(said, list(NAMES))
    frame = said.dropna(subset=roles)
    frame = frame.drop(columns=[each for each in NAMES if each in frame and each not in roles])
    if frame.empty:
        return nobody
    answers = zip((USED, PREFERS), both, strict=True)
    frame = frame.assign(**{name: _digital(survey, frame, role) for name, role in answers})
    if "age" in roles:
        rarer = frame[[USED, PREFERS]].mean()
        fewest = rule_of(survey.codebook).people_needed(float(np.minimum(rarer, 1 - rarer).min()))
        in_order = survey.codebook.question("age").in_order
        frame["age"] = joined(frame["age"], fewest, in_order=in_order)
    return frame


def _digital(survey: Survey, frame: pd.DataFrame, role: str) -> pd.Series:
    groups = bases.grouped(survey, bases.channels(survey, frame, role))
    names = list(survey.words.digital_groups)
    if isinstance(groups, pd.Series):
        return groups.isin(names).astype(float)
    return groups[names].max(axis=1).astype(float)


def digital_groupings(frame: pd.DataFrame) -> list[str]:
    """Name the columns, of age and disability, that hold two groups or more."""
    return [name for name in NAMES if name in frame and has_two_groups(frame[name])]

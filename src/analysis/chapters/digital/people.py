"""The people whose use of digital channels is looked at, and their two answers."""

import numpy as np
import pandas as pd

from analysis.groups import joined
from analysis.privacy import rule_of
from analysis.report import has_two_groups, joined_ages, told_by_most
from analysis.survey import Survey, bases

#: The two answers of a person, 1 if a digital channel is among those named.
USED, PREFERS = "used_digital", "prefers_digital"

#: The groupings, and what their groups are called.
NAMES = {"age": "age groups", "disability": "answers on disability"}


def answered_both(survey: Survey, responses: pd.DataFrame) -> pd.DataFrame:
    """Select who said what they used and prefer, with age and disability of who told these.

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
        and most people told them (`report.told_by_most`); else they are no column. Both are NA
        of who did not tell all of them (`in_groups` leaves these out); where few are so, or few of
        them used or prefer digital channels or another, they are left out of everybody too, since
        the difference would tell of them. Empty where the codebook names no digital group, or
        nobody was asked about use and preference.
    """
    nobody = responses.iloc[:0].assign(**{USED: 0.0, PREFERS: 0.0})
    if not survey.words.digital_groups or not survey.has(survey.used_role, "preferred"):
        return nobody
    both, rule = [survey.used_role, "preferred"], rule_of(survey.codebook)
    frame = bases.answered(survey, responses, both).frame
    roles = told_by_most(frame, list(NAMES))
    frame = frame.drop(columns=[each for each in NAMES if each in frame and each not in roles])
    if frame.dropna(subset=roles).empty:
        return nobody
    answers = zip((USED, PREFERS), both, strict=True)
    frame = frame.assign(**{name: _digital(survey, frame, role) for name, role in answers})
    silent = frame[roles].isna().any(axis=1)
    if not all(rule.splits(frame.loc[silent, each] == 1) for each in (USED, PREFERS)):
        frame, silent = frame[~silent], silent[~silent]
    frame[roles] = frame[roles].mask(silent)
    if "age" in roles:
        rarer = in_groups(frame)[[USED, PREFERS]].mean()
        fewest = rule.people_needed(float(np.minimum(rarer, 1 - rarer).min()))
        in_order = survey.codebook.question("age").in_order
        bands = joined_ages(survey, frame).where(frame["age"].notna())
        frame["age"] = joined(bands, fewest, in_order=in_order)
    return frame


def in_groups(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the people who told age and disability, as far as these are columns.

    Examples
    --------
    >>> in_groups(pd.DataFrame({"age": ["16-24", None], USED: [1.0, 0.0]}))[USED].tolist()
    [1.0]
    """
    return frame.dropna(subset=[each for each in NAMES if each in frame])


def _digital(survey: Survey, frame: pd.DataFrame, role: str) -> pd.Series:
    groups = bases.grouped(survey, bases.channels(survey, frame, role))
    names = list(survey.words.digital_groups)
    if isinstance(groups, pd.Series):
        return groups.isin(names).astype(float)
    return groups[names].max(axis=1).astype(float)


def digital_groupings(frame: pd.DataFrame) -> list[str]:
    """Name the columns, of age and disability, that hold two groups or more."""
    told = in_groups(frame)
    return [name for name in NAMES if name in told and has_two_groups(told[name])]

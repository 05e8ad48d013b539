"""The shift of one channel, or of the digital ones together, under a specification."""

import numpy as np
import pandas as pd
from scipy import stats

from analysis import paired, proportions
from analysis.specifications import choices
from analysis.specifications.choices import Specification
from analysis.specifications.estimates import Estimate, Scores
from analysis.specifications.people import People
from analysis.survey import Survey, bases


def shift(people: People, specification: Specification, *, channel: str) -> Estimate:
    """Give the share that prefers a channel less the share that used it.

    Parameters
    ----------
    people : People
        Whose answers.
    specification : mapping of str to str
        Its `used`, `groups` and `not_offered` are looked at.
    channel : str
        The label of the channel, or of a group of channels.

    Returns
    -------
    Estimate
        As `paired.shifts` has it. Under `choices.ANY`, where people could name several channels as
        used and one as preferred, each of those used counts in equal parts, or a person who used
        three would weigh three times on one side; then a t interval by linearisation.
    """
    names, group_of = [channel], groups_of(people.survey)
    if channel not in group_of or specification.get("groups", choices.FINE) == choices.COARSE:
        group = group_of.get(channel, channel)
        names = [each for each, of in group_of.items() if of == group]
    return _shift(people, specification, names)


def digital_gap(people: People, specification: Specification) -> Estimate:
    """Give the share that prefers a digital channel less the share that used one.

    Parameters
    ----------
    people : People
        Whose answers; the survey's words name the digital groups of channels.
    specification : mapping of str to str
        Its `used` and `not_offered` are looked at.

    Returns
    -------
    Estimate
        As `shift`.
    """
    digital = people.survey.words.digital_groups
    names = [each for each, of in groups_of(people.survey).items() if of in digital]
    return _shift(people, specification, names)


def groups_of(survey: Survey) -> dict[str, str]:
    """Return the group of each channel, by label.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    dict
        Of all channels that can be used or preferred.

    Examples
    --------
    >>> from analysis import survey
    >>> groups_of(survey.load("herts_2023"))["Webchat"]
    'Digital'
    """
    found: dict[str, str] = {}
    for role in ("preferred", "used", "used_last"):
        if survey.has(role):
            found = survey.codebook.question(role).groups | found
    return found


def _shift(people: People, specification: Specification, names: list[str]) -> Estimate:
    """Compare who prefers one of some channels with who used one, or in which part."""
    used, preferred, in_parts = _answers(people, specification, names)
    if len(used) < 2:
        return Estimate(failed="nobody is left")
    step = preferred - used
    if in_parts:
        found = _difference(step, people)
    else:
        frames = (each.to_frame("channel") for each in (used, preferred))
        row = paired.shifts(*frames, weights=people.weights).iloc[0]
        found = {each: float(row[each]) for each in ("estimate", "conf_low", "conf_high")}
        found["p_value"] = float(row["p_value"])
    if people.weights is not None:
        step = step * people.weights.weights.loc[used.index]
    step = step[step != 0]
    rows = people.responses.loc[step.index, "raw_row"].to_numpy()
    return Estimate(n=len(used), scores=Scores(rows=rows, values=step.to_numpy()), **found)


def _answers(
    people: People, specification: Specification, names: list[str]
) -> tuple[pd.Series, pd.Series, bool]:
    """Return which part of what each person used, and prefers, are some channels."""
    survey = people.survey
    every = specification.get("used", choices.LAST) == choices.ANY
    role = "used" if every else survey.used_role
    frame = bases.answered(survey, people.responses, [role, "preferred"]).frame
    if people.weights is not None:
        frame = frame[frame.index.isin(people.weights.weights.index)]
    if specification.get("not_offered", choices.STAY) == choices.LEAVE:
        wish = bases.channels(survey, frame, "preferred")
        frame = frame[~_named(wish, survey.not_offered)]
    used, wish = (bases.channels(survey, frame, each) for each in (role, "preferred"))
    named, preferred = _named(used, names).astype(float), _named(wish, names).astype(float)
    in_parts = every and isinstance(used, pd.DataFrame) and isinstance(wish, pd.Series)
    if in_parts:
        known = [each for each in names if each in used]
        named = used[known].sum(axis=1) / used.sum(axis=1).clip(lower=1)
    return named, preferred, in_parts


def _named(answers: pd.Series | pd.DataFrame, names: list[str]) -> pd.Series:
    """Say who named one of some channels."""
    if isinstance(answers, pd.Series):
        return answers.isin(names)
    return answers[[each for each in names if each in answers]].eq(1).any(axis=1)


def _difference(step: pd.Series, people: People) -> dict[str, float]:
    """Return the mean of differences of paired parts, with a t interval by linearisation."""
    found = proportions.linearised_means(step.to_frame("step"), weights=people.weights)
    mean, error = float(found.estimates.iloc[0]), float(np.sqrt(found.cov[0, 0]))
    df = len(step) - 1
    reach = stats.t.isf(0.025, df) * error
    p_value = float(2 * stats.t.sf(abs(mean) / error, df)) if error > 0 else float("nan")
    ends = {"conf_low": max(mean - reach, -1.0), "conf_high": min(mean + reach, 1.0)}
    return {"estimate": mean, "p_value": p_value, **ends}

"""The groups of people that the banner book lays side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.report import few_groups, not_asked
from analysis.survey import Survey, bases

#: Questions about people that group them, where the survey asked them; the wave first, so that
#: who answered is laid out by wave, and not the waves by them.
_ROLES = ("wave", "district", "age", "sex")

#: Questions on channels, which notebook 03 compares with each other.
_CHANNELS = ("used", "used_last", "preferred", "was_preferred")


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """One way of grouping people.

    `people` is Categorical, the group of each person, missing for who is in none. `name` is what
    stands after "by". `without` are the roles of questions that are not laid out by it: its own;
    those that another grouping lays out the other way round, since two tables of the same people
    would undo what each hides; and those that notebook 03 compares with it.
    """

    key: str
    name: str
    people: pd.Series
    without: tuple[str, ...]


def find_groupings(
    survey: Survey, responses: pd.DataFrame
) -> tuple[list[Grouping], dict[str, str]]:
    """Group people by all that the survey asked.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.

    Returns
    -------
    tuple of list and dict
        The groupings; and name -> why one is left out, a clause.

    Examples
    --------
    >>> from analysis import survey
    >>> herts = survey.load("herts_2023")
    >>> [each.key for each in find_groupings(herts, herts.responses())[0]]
    ['district', 'age', 'sex', 'channel', 'got']
    """
    found, left_out = [], {}
    for key, name, made in [*_asked(survey, responses), *_of_channels(survey, responses)]:
        if isinstance(made, str):
            left_out[name] = made
            continue
        people, without = made
        few = few_groups(survey, people.dropna(), "groups")
        if few:
            left_out[name] = few
        else:
            found.append(Grouping(key=key, name=name, people=people, without=tuple(without)))
    return found, left_out


_Made = tuple[str, str, str | tuple[pd.Series, Sequence[str]]]


def _asked(survey: Survey, responses: pd.DataFrame) -> list[_Made]:
    """Group people by questions about them, each also without those before it."""
    found: list[_Made] = []
    for at, role in enumerate(_ROLES):
        name = survey.words.district if role == "district" else role
        if not survey.has(role):
            if role != "wave":  # most surveys have one alone, and nobody misses others
                found.append((role, name, not_asked(survey, role)))
        elif not isinstance(responses[role].dtype, pd.CategoricalDtype):
            found.append((role, name, "its answers are numbers without bands"))
        else:
            found.append((role, name, (responses[role], _ROLES[: at + 1])))
    return found


def _of_channels(survey: Survey, responses: pd.DataFrame) -> list[_Made]:
    """Group people by what they used, and by whether they used what they prefer."""
    role, words = survey.used_role, survey.words
    asked_if = survey.codebook.question(role).asked_if_question if survey.has(role) else ""
    also = [*_CHANNELS, *(q.role for q in survey.codebook.questions if asked_if in (q.id, q.role))]
    names = {
        "channel": f"{survey.channel_groups} used",
        "got": f"whether people {words.used} what they {words.preferred}",
    }
    if not survey.has(role):
        return [(key, name, not_asked(survey, role)) for key, name in names.items()]
    found: list[_Made] = []
    if survey.codebook.question(role).kind == "multiple":
        found.append(("channel", names["channel"], "people could name several, so groups overlap"))
    else:
        used = bases.grouped(survey, responses[role].dropna()).reindex(responses.index)
        found.append(("channel", names["channel"], (used, [*also, *_ROLES])))
    if not survey.has("preferred"):
        return [*found, ("got", names["got"], not_asked(survey, "preferred"))]
    people = bases.answered(survey, responses, [role, "preferred"]).frame
    both = (bases.channels(survey, people, each) for each in (role, "preferred"))
    got = bases.got_preferred(*both)
    labels = {1.0: f"{words.used_short} what they {words.preferred}", 0.0: "Did not"}
    told = got.map(labels).astype(pd.CategoricalDtype(list(labels.values())))
    return [*found, ("got", names["got"], (told.reindex(responses.index), also))]

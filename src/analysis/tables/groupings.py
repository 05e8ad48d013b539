"""The groups of people that the banner book lays side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.privacy import rule_of
from analysis.report import few_groups, joined_ages, joined_channel_groups, not_asked
from analysis.survey import Survey, bases, preferences

#: Questions about people that group them, where the survey asked them; the wave first, so that
#: who answered is laid out by wave, and not the waves by them.
_ROLES = ("wave", "district", "age", "sex")

#: Questions on channels, which notebook 03 compares with each other.
_CHANNELS = ("used", "used_last", "preferred", "was_preferred")


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """One way of grouping people.

    `people` is Categorical, the group of each person, missing for who is in none; or indicators of
    groups that overlap, a column a group, of those who said in which they are. `name` is what
    stands after "by". `without` are the roles of questions that are not laid out by it: its own;
    those that another grouping lays out the other way round, since two tables of the same people
    would undo what each hides; and those that notebook 03 compares with it.
    """

    key: str
    name: str
    people: pd.Series | pd.DataFrame
    without: tuple[str, ...]

    @property
    def overlapping(self) -> bool:
        """Whether a person can be in several groups."""
        return isinstance(self.people, pd.DataFrame)

    @property
    def compares_channels(self) -> bool:
        """Whether the groups come from questions that notebook 03 compares."""
        return set(_CHANNELS) <= set(self.without)

    def splits(self) -> Iterator[tuple[str, pd.Series]]:
        """Give the ways in which people are split into groups that do not overlap.

        Yields
        ------
        tuple of str and pandas.Series
            "" and the groups; or group by group, where they overlap, its name and Categorical,
            who is in it ("Phone") and who is not ("not Phone").

        Examples
        --------
        >>> used = pd.DataFrame({"Phone": [1.0, 0.0], "Online": [1.0, 1.0]})
        >>> made = Grouping(key="channel", name="channels used", people=used, without=())
        >>> {name: split.tolist() for name, split in made.splits()}
        {'Phone': ['Phone', 'not Phone'], 'Online': ['Online', 'Online']}
        """
        if not self.overlapping:
            yield "", self.people
            return
        for name in self.people.columns:
            kinds = {True: name, False: f"not {name}"}
            inside = (self.people[name] == 1).map(kinds)
            yield name, inside.astype(pd.CategoricalDtype(list(kinds.values())))


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
        few = _few(survey, people)
        if few:
            left_out[name] = few
        else:
            found.append(Grouping(key=key, name=name, people=people, without=tuple(without)))
    return found, left_out


_Made = tuple[str, str, str | tuple[pd.Series | pd.DataFrame, Sequence[str]]]


def _few(survey: Survey, people: pd.Series | pd.DataFrame) -> str:
    """Say that too few groups can be compared; of overlapping ones each with the other people."""
    if isinstance(people, pd.Series):
        return few_groups(survey, people.dropna(), "groups")
    rule = rule_of(survey.codebook)
    if any(rule.splits(people[name] == 1) for name in people):
        return ""
    return f"no group has {rule.people()} people or more in it and as many outside"


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
            people = joined_ages(survey, responses) if role == "age" else responses[role]
            found.append((role, name, (people, _ROLES[: at + 1])))
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
    told = bases.answered(survey, responses, [role]).frame
    used = bases.grouped(survey, bases.channels(survey, told, role))
    if isinstance(used, pd.Series):
        used = joined_channel_groups(survey, used, responses)
        used = used.reindex(responses.index)
    found.append(("channel", names["channel"], (used, [*also, *_ROLES])))
    if not survey.has("preferred"):
        return [*found, ("got", names["got"], not_asked(survey, "preferred"))]
    people = bases.answered(survey, responses, [role, "preferred"]).frame
    got = preferences.used_preferred(survey, people)
    labels = {1.0: f"{words.used_short} what they {words.preferred}", 0.0: "Did not"}
    told = got.map(labels).astype(pd.CategoricalDtype(list(labels.values())))
    # Districts stand beside having used what one prefers in notebook 08, on a base of their own.
    also = [*also, "district"]
    return [*found, ("got", names["got"], (told.reindex(responses.index), also))]

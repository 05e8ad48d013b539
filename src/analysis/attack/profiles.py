"""What is asked of each person, in codes: the attributes that published numbers count people by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.survey import Survey, bases, preferences
from analysis.survey.cells import coded_cells
from analysis.survey.codebook import MISSING, Question

#: Attributes that a question does not have of itself.
WEIGHT, GOT, FLAG = "has a weight", "used what they prefer", "flag "

#: That both answers on channels are the same one.
SAME = "the same answer twice"

#: The theme of answers in which none is found, as notebook 07 calls it.
UNCODED = "Not coded"

#: The two values of an attribute that holds or does not.
YES, NO = "yes", "no"

#: Which values an attribute has: the people of a number.
Conditions = Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Profiles:
    """A row a person, a column an attribute, each with the values that it may have.

    `codes` are the numbers of the values, shape (people, attributes), -1 nowhere; `values` names
    them, the kinds of missing last.
    """

    codes: pd.DataFrame
    values: Mapping[str, tuple[str, ...]]

    def said(self, attribute: str) -> frozenset[str]:
        """Return the values that are an answer, and no kind of missing."""
        return frozenset(self.values[attribute]) - frozenset(MISSING)

    def those(self, conditions: Conditions) -> np.ndarray:
        """Mark the people of whom all conditions are true; boolean, a person each."""
        found = np.ones(len(self.codes), dtype=bool)
        for attribute, wanted in conditions.items():
            allowed = np.array([value in wanted for value in self.values[attribute]])
            found &= allowed[self.codes[attribute].to_numpy()]
        return found

    def count(self, conditions: Conditions) -> int:
        """Count the people of whom all conditions are true."""
        return int(self.those(conditions).sum())


def option(role: str, label: str) -> str:
    """Name the attribute of one option of a question of several answers, or of a theme."""
    return f"{role}: {label}"


def group_of_options(role: str, group: str) -> str:
    """Name the attribute of having named any option of a group."""
    return f"{role}: any of {group}"


def together(*conditions: Conditions) -> dict[str, frozenset[str]]:
    """Join conditions: a value must be allowed by each that speaks of its attribute.

    Examples
    --------
    >>> found = together({"age": frozenset("ab")}, {"age": frozenset("bc"), "sex": frozenset("f")})
    >>> sorted(found["age"]), sorted(found)
    (['b'], ['age', 'sex'])
    """
    found: dict[str, frozenset[str]] = {}
    for each in conditions:
        for attribute, wanted in each.items():
            found[attribute] = found.get(attribute, wanted) & wanted
    return found


def answered(profiles: Profiles, survey: Survey, roles: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the conditions of the people who gave a substantive answer to some questions."""
    names = [name for role in roles for name in attributes_of(survey.codebook.question(role))]
    return {name: profiles.said(name) for name in names if name in profiles.values}


def attributes_of(question: Question) -> list[str]:
    """Name the attributes that a question makes."""
    if question.kind == "multiple":
        return [option(question.role, each.label) for each in question.answers]
    return [question.role]


def profiles_of(
    survey: Survey,
    responses: pd.DataFrame,
    *,
    weighted: pd.Index,
    themes: Mapping[str, pd.DataFrame],
) -> Profiles:
    """Describe the people of a survey by all that a published number may count them by.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`.
    weighted : pandas.Index
        The index of the people who have a weight.
    themes : mapping of str to pandas.DataFrame
        Open question -> indicators of its themes, of the people who wrote something.

    Returns
    -------
    Profiles
        Closed questions, options of those of several answers, themes, `WEIGHT`, `GOT`, flags.
    """
    codes: dict[str, np.ndarray] = {}
    values: dict[str, tuple[str, ...]] = {}
    for question in survey.codebook.questions:
        if not survey.codebook.asks_people(question):
            continue
        if question.kind in ("single", "ordered", "multiple") or question.bands:
            codes |= _closed(survey, responses, question, values)
        elif question.kind == "text":
            cells = coded_cells(survey, responses, [question.role]).iloc[:, 0].astype("str")
            values[question.role] = ("answered", *MISSING)
            codes[question.role] = _numbered(cells.to_numpy(), values[question.role])
    for role, found in themes.items():
        for label in found.columns:
            name = option(role, str(label))
            values[name] = (YES, NO, "no_answer")
            said = found[label].reindex(responses.index).to_numpy(dtype=float, na_value=np.nan)
            codes[name] = np.where(np.isnan(said), 2, np.where(said > 0, 0, 1))
        name = option(role, UNCODED)
        values[name] = (YES, NO, "no_answer")
        none = found.sum(axis=1).reindex(responses.index).to_numpy(dtype=float, na_value=np.nan)
        codes[name] = np.where(np.isnan(none), 2, np.where(none == 0, 0, 1))
    codes |= _derived(survey, responses, weighted, values)
    frame = pd.DataFrame({name: each.astype(np.int16) for name, each in codes.items()})
    return Profiles(codes=frame.set_axis(responses.index), values=values)


def _closed(
    survey: Survey, responses: pd.DataFrame, question: Question, values: dict
) -> dict[str, np.ndarray]:
    """Return the codes of a closed question, or of each of its options; its values are noted."""
    cells, found = coded_cells(survey, responses, [question.role]).astype("str"), {}
    if question.kind != "multiple":
        values[question.role] = (*question.labels.values(), *MISSING)
        named = cells.iloc[:, 0].replace(question.labels).to_numpy()
        return {question.role: _numbered(named, values[question.role])}
    for answer, column in zip(question.answers, cells, strict=True):
        name = option(question.role, answer.label)
        values[name] = (YES, NO, *MISSING)
        said = cells[column].replace({"1": YES, "1.0": YES, "0": NO, "0.0": NO}).to_numpy()
        found[name] = _numbered(said, values[name])
    groups: dict[str, list[str]] = {}
    for label, group in question.groups.items():
        groups.setdefault(group, []).append(option(question.role, label))
    for group, options in groups.items():
        name = group_of_options(question.role, group)
        values[name] = (YES, NO, *MISSING)
        some = np.column_stack([found[each] for each in options])
        found[name] = np.where((some == 0).any(axis=1), 0, some.max(axis=1))
    return found


def _numbered(cells: np.ndarray, values: tuple[str, ...]) -> np.ndarray:
    """Return the number of each cell's value; what is none of them is no answer."""
    places = {value: at for at, value in enumerate(values)}
    return np.array([places.get(each, places["no_answer"]) for each in cells])


def _derived(
    survey: Survey, responses: pd.DataFrame, weighted: pd.Index, values: dict
) -> dict[str, np.ndarray]:
    """Return what follows from several answers: a weight, having got what one prefers, flags."""
    found = {WEIGHT: np.where(responses.index.isin(weighted), 0, 1)}
    values[WEIGHT] = (YES, NO)
    if survey.has(survey.used_role, "preferred"):
        frame = bases.answered(survey, responses, [survey.used_role, "preferred"]).frame
        got = preferences.used_preferred(survey, frame).reindex(responses.index)
        values[GOT] = (YES, NO, "no_answer")
        found[GOT] = np.where(got.isna(), 2, np.where(got == 1, 0, 1))
        two = [bases.channels(survey, frame, role) for role in (survey.used_role, "preferred")]
        if all(isinstance(each, pd.Series) for each in two):
            same = (two[0].astype("str") == two[1].astype("str")).astype(float)
            same = same.reindex(responses.index)
            values[SAME] = (YES, NO, "no_answer")
            found[SAME] = np.where(same.isna(), 2, np.where(same == 1, 0, 1))
    for column in responses.columns[responses.columns.str.startswith("flag_")]:
        name = FLAG + column.removeprefix("flag_").replace("_", " ")
        values[name] = (YES, NO)
        found[name] = np.where(responses[column].to_numpy(dtype=bool), 0, 1)
    return found

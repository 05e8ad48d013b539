"""The population that a survey is compared with and weighted to, as its codebook names it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import groups, weights
from analysis.population._belonging import belonging
from analysis.population._table import population_of, read_population
from analysis.privacy import rule_of
from analysis.survey.bases import NOT_TOLD
from analysis.survey.exclusions import Ledger, exclude
from analysis.survey.surveys import Survey
from analysis.weights import RakedWeights, Weights


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """The weights of a survey, the people who have one, and how they came about.

    `ledger` says who has none. `joined` is category -> name for categories that were collapsed.
    `full` are raked weights before large ones were cut, None for weights that the survey brings.
    """

    weights: Weights
    ledger: Ledger
    joined: dict[str, str]
    full: RakedWeights | None

    def people(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of a frame whose people have a weight.

        Parameters
        ----------
        frame : pandas.DataFrame
            Rows of `survey.responses()`.

        Returns
        -------
        pandas.DataFrame
            The same columns.
        """
        return frame[frame.index.isin(self.weights.weights.index)]


def weigh(survey: Survey, responses: pd.DataFrame) -> Weighing | None:
    """Weight the people of a survey, by its own weights or to its population.

    Parameters
    ----------
    survey : Survey
        The survey.
    responses : pandas.DataFrame
        Rows of `survey.responses()`. Of a part of the people that `Survey.where` chose, the
        weights are those that they have among everybody.

    Returns
    -------
    Weighing or None
        None where there are `no_weights`.

    Notes
    -----
    Who does not belong to the population, or names a place outside it, has no weight. Who did
    not tell a margin keeps the share among all that such people have in the sample: the others
    meet the population's shares. Weights above the codebook's `largest_weight` are cut, if it
    gives one.
    """
    if survey.subset:
        responses = survey.everybody()
    if survey.has("weight"):
        return _supplied(responses) if (responses["weight"] > 0).any() else None
    if survey.codebook.population_counts is None:
        return None
    described, made = population_of(survey), _targets(survey, responses)
    if weights.obstacle(made.people, made.margins):
        return None
    full = weights.rake(made.people, made.margins)
    cut = full
    if 0 < described.largest_weight < full.largest:
        cut = weights.trim(full, upper=described.largest_weight)
    return Weighing(weights=cut, ledger=made.ledger, joined=made.joined, full=full)


@dataclass(frozen=True, kw_only=True)
class _Targets:
    """The categories of the people who are weighted, and the population of each."""

    people: pd.DataFrame
    margins: dict[str, pd.Series]
    ledger: Ledger
    joined: dict[str, str]


def _targets(survey: Survey, responses: pd.DataFrame) -> _Targets:
    """Select the people of the population, and join categories that few of them are in."""
    described, counts = population_of(survey), read_population(survey)
    frame, ledger = belonging(survey, responses)
    margins, joined, people = {}, {}, pd.DataFrame(index=frame.index)
    for roles in described.margins:
        name = " by ".join(roles)
        own, table, here = _margin(survey, frame, counts, roles)
        people[name], joined = own, joined | here
        unsaid = (own == NOT_TOLD).mean()
        margins[name] = table * (1 - unsaid)
        if unsaid:
            margins[name][NOT_TOLD] = table.sum() * unsaid
    return _Targets(people=people, margins=margins, ledger=ledger, joined=joined)


def no_weights(survey: Survey) -> str:
    """Say why the people of a survey have no weights.

    Parameters
    ----------
    survey : Survey
        The survey.

    Returns
    -------
    str
        A clause; "" if they have.

    Examples
    --------
    >>> from analysis import survey
    >>> no_weights(survey.load("herts_2023"))
    ''
    """
    if not survey.can_weigh:
        return "the survey brings no weights, and its codebook names no population"
    people = survey.everybody()
    if survey.has("weight"):
        return "" if (people["weight"] > 0).any() else "nobody has a weight above 0"
    made = _targets(survey, people)
    return weights.obstacle(made.people, made.margins)


def _supplied(responses: pd.DataFrame) -> Weighing:
    ledger = Ledger(rows_in=len(responses))
    without = ~(responses["weight"] > 0)
    frame, ledger = exclude(
        responses, ledger, without, step="no_weight", reason="have no weight above 0"
    )
    ledger.reconcile(len(frame))
    return Weighing(weights=Weights(weights=frame["weight"]), ledger=ledger, joined={}, full=None)


def _margin(
    survey: Survey, frame: pd.DataFrame, counts: pd.DataFrame, roles: Sequence[str]
) -> tuple[pd.Series, pd.Series, dict[str, str]]:
    """Return each person's category, the population by category, and what was collapsed."""
    first = roles[0]
    if len(roles) == 1:
        table = counts.groupby(first, observed=True)["people"].sum()
        table.index = table.index.astype("str")
        return _named(frame[first]), table[table > 0], {}
    second, fewest = roles[1], rule_of(survey.codebook).people()
    told = frame[list(roles)].dropna()
    levels = counts.loc[counts["people"] > 0, second].unique()
    if told[second].value_counts().reindex(levels, fill_value=0).min() < fewest:
        return _margin(survey, frame, counts, roles[1:])
    total = counts.groupby(first, observed=True)["people"].sum()
    names = groups.collapse(
        told[first],
        total,
        fewest=fewest,
        in_order=survey.codebook.question(first).in_order,
        within=told[second],
    )
    own, of = (_crossed(people[first], people[second], names) for people in (frame, counts))
    table = counts["people"].groupby(of.astype("str").to_numpy(), sort=False).sum()
    joined = {name: to for name, to in names.items() if name != to}
    return own, table[table > 0], joined


def _named(answers: pd.Series) -> pd.Series:
    """Name Categorical answers by their texts, and those that are missing."""
    return _from_codes(
        answers.cat.codes.to_numpy(), [str(each) for each in answers.cat.categories], answers.index
    )


def _crossed(first: pd.Series, second: pd.Series, names: Mapping[str, str]) -> pd.Series:
    """Cross two Categorical answers, the first by its joined name."""
    firsts = [names.get(str(each), "") for each in first.cat.categories]
    seconds = [str(each) for each in second.cat.categories]
    labels = [f"{one}, {two}" for one in firsts for two in seconds]
    ones, twos = (each.cat.codes.to_numpy(dtype=np.int64) for each in (first, second))
    known = (ones >= 0) & (twos >= 0) & np.array([*(name != "" for name in firsts), False])[ones]
    return _from_codes(np.where(known, ones * len(seconds) + twos, -1), labels, first.index)


def _from_codes(codes: np.ndarray, labels: list[str], index: pd.Index) -> pd.Series:
    """Give codes their labels, some of which may be the same; -1 is `NOT_TOLD`.

    Categories stand in the order of their texts, whatever order the codebook has.
    """
    kinds, places = np.unique([*labels, NOT_TOLD], return_inverse=True)
    made = pd.Categorical.from_codes(places[codes], pd.Index(kinds, dtype="str"))
    return pd.Series(made, index=index)

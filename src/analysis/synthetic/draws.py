"""Random answers from stated probabilities, the same on every machine.

Probabilities are rounded to nine decimals before a draw, so that the last bits of an exponential,
which differ between machines, cannot change an answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

_DECIMALS = 9


def choose(probabilities: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw one position a row.

    Parameters
    ----------
    probabilities : numpy.ndarray
        Shape (people, answers); every row sums to 1.
    rng : numpy.random.Generator
        Source of randomness; one number a row is taken from it.

    Returns
    -------
    numpy.ndarray
        Positions of the answers drawn.

    Examples
    --------
    >>> choose(np.array([[0.0, 1.0], [1.0, 0.0]]), np.random.default_rng(1))
    array([1, 0])
    """
    limits = np.cumsum(np.round(probabilities, _DECIMALS), axis=1)
    uniform = rng.random(len(limits))
    return (uniform[:, None] >= limits[:, :-1]).sum(axis=1)


def choose_codes(
    codes: Sequence[str], probabilities: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw one code a row; see `choose`.

    Parameters
    ----------
    codes : sequence of str
        What the columns of `probabilities` stand for.
    probabilities : numpy.ndarray
        Shape (people, codes).
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    numpy.ndarray
        Codes, dtype object.
    """
    return np.array(codes, dtype=object)[choose(probabilities, rng)]


def effects_on_answers(
    people: pd.DataFrame, effects: Sequence[Mapping[str, Any]], codes: Sequence[str]
) -> np.ndarray:
    """Add up the log-odds that people's other answers give to each answer of a question.

    Parameters
    ----------
    people : pandas.DataFrame
        A column for each role that an effect goes by.
    effects : sequence of mappings
        Each with `by` (a role) and `values`: code of that role -> answer -> log-odds.
    codes : sequence of str
        Answers of the question.

    Returns
    -------
    numpy.ndarray
        Shape (people, codes); 0 where nothing is stated.
    """
    total = np.zeros((len(people), len(codes)))
    for effect in effects:
        for given, answers in effect["values"].items():
            rows = (people[effect["by"]] == given).to_numpy(dtype=bool)
            total[rows] += np.array([float(answers.get(code, 0.0)) for code in codes])
    return total


def drawn_shares(
    people: pd.DataFrame,
    base: Mapping[str, float],
    effects: Sequence[Mapping[str, Any]],
    codes: Sequence[str],
) -> np.ndarray:
    """Return each person's probabilities of the answers: base shares tilted by effects.

    Parameters
    ----------
    people : pandas.DataFrame
        A column for each role that an effect goes by.
    base : mapping
        Answer -> weight; an answer that is not named has none.
    effects : sequence of mappings
        See `effects_on_answers`.
    codes : sequence of str
        Answers of the question.

    Returns
    -------
    numpy.ndarray
        Shape (people, codes); rows sum to 1.

    Examples
    --------
    >>> people = pd.DataFrame({"age": ["old"]})
    >>> drawn_shares(people, {"a": 1.0, "b": 3.0}, [], ["a", "b"])
    array([[0.25, 0.75]])
    """
    weights = np.array([float(base.get(code, 0.0)) for code in codes])
    tilted = weights * np.exp(effects_on_answers(people, effects, codes))
    return tilted / tilted.sum(axis=1, keepdims=True)


def _effects_on_rating(people: pd.DataFrame, effects: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """Add up the log-odds that people's other answers give to a better rating.

    Parameters
    ----------
    people : pandas.DataFrame
        A column for each role that an effect goes by.
    effects : sequence of mappings
        Each with `by` (a role) and `values`: code of that role -> log-odds.

    Returns
    -------
    numpy.ndarray
        One number a person; 0 where nothing is stated.
    """
    total = np.zeros(len(people))
    for effect in effects:
        for given, value in effect["values"].items():
            total[(people[effect["by"]] == given).to_numpy(dtype=bool)] += float(value)
    return total


def top_two(predictor: np.ndarray, thresholds: Sequence[float]) -> np.ndarray:
    """Return the probability of the two best answers under a cumulative logit model.

    Parameters
    ----------
    predictor : numpy.ndarray
        Effects and intercept of each person.
    thresholds : sequence of float
        In order, one fewer than there are answers.

    Returns
    -------
    numpy.ndarray
        One probability a person.

    Notes
    -----
    ``P(Y <= j) = F(threshold_j - predictor)`` with F the logistic distribution.

    Examples
    --------
    >>> top_two(np.array([0.0]), [-1.0, -0.5, 0.0, 1.0])
    array([0.5])
    """
    return 1.0 / (1.0 + np.exp(thresholds[-2] - predictor))


def intercept(predictor: np.ndarray, thresholds: Sequence[float], target: float) -> float:
    """Find the intercept that gives a group of people an expected share of the two best answers.

    Parameters
    ----------
    predictor : numpy.ndarray
        Effects of each person, without intercept.
    thresholds : sequence of float
        See `top_two`.
    target : float
        Share between 0 and 1.

    Returns
    -------
    float
        By bisection, rounded to ten decimals.

    Examples
    --------
    >>> intercept(np.array([0.0, 0.0]), [-1.0, -0.5, 0.0, 1.0], 0.5)
    0.0
    """
    low, high = -20.0, 20.0
    for _ in range(80):
        middle = (low + high) / 2
        if top_two(predictor + middle, thresholds).mean() < target:
            low = middle
        else:
            high = middle
    return round((low + high) / 2, 10) + 0.0


def rating_predictor(
    people: pd.DataFrame, table: Mapping[str, Any], calibrate: np.ndarray
) -> np.ndarray:
    """Return effects and solved intercept of each person for one rating question.

    Parameters
    ----------
    people : pandas.DataFrame
        A column for each role that an effect goes by, and `disposition` (a standard normal
        number a person) if the table has a `person_sd`.
    table : mapping
        `thresholds`, `effect`, `target` (one share, or code -> share with `target_by` the role;
        `target_assumed` adds codes to it).
    calibrate : numpy.ndarray
        Boolean: the people for whom the expected share is to be the target.

    Returns
    -------
    numpy.ndarray
        One number a person.
    """
    predictor = _effects_on_rating(people, table.get("effect", ()))
    if "person_sd" in table:
        predictor = predictor + table["person_sd"] * people["disposition"].to_numpy(dtype=float)
    if "target_by" in table:
        assumed = {k: v for k, v in table.get("target_assumed", {}).items() if k != "source"}
        targets = {**table["target"], **assumed}
        groups = {code: (people[table["target_by"]] == code).to_numpy() for code in targets}
    else:
        targets, groups = {"": table["target"]}, {"": np.ones(len(people), dtype=bool)}
    result = predictor.copy()
    for code, target in targets.items():
        rows = groups[code]
        reference = rows & calibrate if (rows & calibrate).any() else rows
        if reference.any():
            solved = intercept(predictor[reference], table["thresholds"], target)
            result[rows] = predictor[rows] + solved
    return result


def ordered_probabilities(predictor: np.ndarray, thresholds: Sequence[float]) -> np.ndarray:
    """Return the probabilities of all answers under a cumulative logit model.

    Parameters
    ----------
    predictor : numpy.ndarray
        Effects and intercept of each person.
    thresholds : sequence of float
        See `top_two`.

    Returns
    -------
    numpy.ndarray
        Shape (people, answers); rows sum to 1.
    """
    below = 1.0 / (1.0 + np.exp(predictor[:, None] - np.array(thresholds, dtype=float)))
    edges = np.hstack([np.zeros((len(predictor), 1)), below, np.ones((len(predictor), 1))])
    return np.diff(edges, axis=1)

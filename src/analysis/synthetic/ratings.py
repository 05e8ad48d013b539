"""Probabilities of ordered answers: cumulative logits with intercepts that meet stated shares."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd


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
    people: pd.DataFrame,
    table: Mapping[str, Any],
    calibrate: np.ndarray,
    intercepts: Mapping[str, float] | None = None,
) -> np.ndarray:
    """Return effects and intercept of each person for one rating question.

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
    intercepts : mapping, optional
        As `rating_intercepts` returns them; found from these people without it.

    Returns
    -------
    numpy.ndarray
        One number a person.
    """
    if intercepts is None:
        intercepts = rating_intercepts(people, table, calibrate)
    result = _without_intercept(people, table)
    for code, rows in _target_groups(people, table).items():
        result[rows] += intercepts.get(code, 0.0)
    return result


def rating_intercepts(
    people: pd.DataFrame, table: Mapping[str, Any], calibrate: np.ndarray
) -> dict[str, float]:
    """Find the intercepts that give these people the expected shares of one rating question.

    Parameters
    ----------
    people, table, calibrate
        As for `rating_predictor`.

    Returns
    -------
    dict
        Code of the role `target_by` -> intercept, where anybody has that code; one of "" where
        the target is everybody's.
    """
    predictor, targets = _without_intercept(people, table), _targets(table)
    found = {}
    for code, rows in _target_groups(people, table).items():
        reference = rows & calibrate if (rows & calibrate).any() else rows
        if reference.any():
            found[code] = intercept(predictor[reference], table["thresholds"], targets[code])
    return found


def _without_intercept(people: pd.DataFrame, table: Mapping[str, Any]) -> np.ndarray:
    predictor = _effects_on_rating(people, table.get("effect", ()))
    if "person_sd" in table:
        predictor = predictor + table["person_sd"] * people["disposition"].to_numpy(dtype=float)
    return predictor


def _targets(table: Mapping[str, Any]) -> dict[str, float]:
    if "target_by" not in table:
        return {"": table["target"]}
    assumed = {k: v for k, v in table.get("target_assumed", {}).items() if k != "source"}
    return {**table["target"], **assumed}


def _target_groups(people: pd.DataFrame, table: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Return who has each of the targets."""
    if "target_by" not in table:
        return {"": np.ones(len(people), dtype=bool)}
    given = people[table["target_by"]]
    return {code: (given == code).to_numpy(dtype=bool) for code in _targets(table)}


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

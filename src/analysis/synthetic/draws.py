"""Random answers from stated probabilities, the same on every machine.

Probabilities are rounded to nine decimals before a draw, so that the last bits of an exponential,
which differ between machines, cannot change an answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

_DECIMALS = 9


def patterns(people: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.DataFrame, np.ndarray]:
    """Find the people who differ in some columns: what is the same for many is computed once.

    Parameters
    ----------
    people : pandas.DataFrame
        With these columns.
    columns : sequence of str
        What tells people apart; without any everybody is alike.

    Returns
    -------
    tuple of pandas.DataFrame and numpy.ndarray
        The first person of each pattern, and each person's pattern as its position there.

    Examples
    --------
    >>> people = pd.DataFrame({"age": ["old", "young", "old"]})
    >>> first, of = patterns(people, ["age"])
    >>> first["age"].tolist(), of.tolist()
    (['old', 'young'], [0, 1, 0])
    """
    key = np.zeros(len(people), dtype=np.int64)
    for column in columns:
        codes, levels = pd.factorize(people[column])
        key = pd.factorize(key * (len(levels) + 1) + codes + 1)[0].astype(np.int64)
    _, first, of = np.unique(key, return_index=True, return_inverse=True)
    return people.iloc[first], of


def choose(
    probabilities: np.ndarray, rng: np.random.Generator, of: np.ndarray | None = None
) -> np.ndarray:
    """Draw one position a row, or one a person.

    Parameters
    ----------
    probabilities : numpy.ndarray
        Shape (rows, answers); every row sums to 1.
    rng : numpy.random.Generator
        Source of randomness; one number a position is taken from it.
    of : numpy.ndarray, optional
        The row that holds for each person; every row is a person's without it.

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
    uniform = rng.random(len(limits) if of is None else len(of))
    positions = np.zeros(len(uniform), dtype=np.int64)
    for limit in limits.T[:-1]:
        positions += uniform >= (limit if of is None else limit[of])
    return positions


def choose_codes(
    codes: Sequence[str],
    probabilities: np.ndarray,
    rng: np.random.Generator,
    of: np.ndarray | None = None,
) -> np.ndarray:
    """Draw one code a row; see `choose`.

    Parameters
    ----------
    codes : sequence of str
        What the columns of `probabilities` stand for.
    probabilities : numpy.ndarray
        Shape (rows, codes).
    rng : numpy.random.Generator
        Source of randomness.
    of : numpy.ndarray, optional
        The row that holds for each person.

    Returns
    -------
    numpy.ndarray
        Codes, dtype object.
    """
    return np.array(codes, dtype=object)[choose(probabilities, rng, of)]


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
) -> tuple[np.ndarray, np.ndarray]:
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
    tuple of numpy.ndarray
        Probabilities of shape (patterns, codes), rows of which sum to 1, and each person's row.

    Examples
    --------
    >>> people = pd.DataFrame({"age": ["old", "old"]})
    >>> drawn_shares(people, {"a": 1.0, "b": 3.0}, [], ["a", "b"])
    (array([[0.25, 0.75]]), array([0, 0]))
    """
    alike, of = patterns(people, [effect["by"] for effect in effects])
    weights = np.array([float(base.get(code, 0.0)) for code in codes])
    tilted = weights * np.exp(effects_on_answers(alike, effects, codes))
    return tilted / tilted.sum(axis=1, keepdims=True), of

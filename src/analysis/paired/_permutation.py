"""A test that needs no large sample: each person's two answers are swapped at random."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
import pandas as pd
from scipy import stats

from analysis.numerics import p_text, whitener
from analysis.paired._checks import Answers
from analysis.paired._pairs import Pairs, read_pairs

#: Permutations made at a time, which bounds the memory.
BLOCK = 500


@dataclass(frozen=True, kw_only=True)
class PermutationTest:
    """Result of the permutation test: global, and a row an answer in `answers`.

    `exact` says that every way of swapping was looked at, with its probability.
    """

    statistic: float
    df: int
    p_value: float
    n: int
    n_discordant: int
    n_permutations: int
    exact: bool
    answers: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row of the global test, unrounded."""
        return pd.DataFrame([{k: v for k, v in vars(self).items() if k != "answers"}])

    def __str__(self) -> str:
        how = "all swaps" if self.exact else f"{self.n_permutations:,} random swaps"
        return (
            f"Permutation: {self.statistic:.2f}, {p_text(self.p_value)} from {how}; "
            f"n = {self.n:,}, of whom {self.n_discordant:,} gave different answers"
        )

    __repr__ = __str__


def permutation_test(
    used: Answers,
    preferred: Answers,
    *,
    n_permutations: int,
    rng: np.random.Generator,
    weights: pd.Series | None = None,
    frequency: pd.Series | None = None,
) -> PermutationTest:
    """Test whether the shifts are 0 by swapping each person's two answers.

    Parameters
    ----------
    used, preferred, weights, frequency
        As for `shifts`.
    n_permutations : int
        How many swaps of the whole sample; all of them are looked at if they are no more.
    rng : numpy.random.Generator
        Where the random numbers come from.

    Returns
    -------
    PermutationTest
        `statistic` is Stuart and Maxwell's, for any kind of question; `answers` has `answer,
        estimate, statistic` (the shift over its standard error without a shift), `p_value`, and
        `p_adjusted` of the max-t method, `n`.

    Raises
    ------
    ValueError
        As `shifts`; or if `n_permutations` is below 1.

    Notes
    -----
    If a person is as likely to answer (k, l) as (l, k), which is more than equal margins, each
    set of swaps is equally likely. With D the sum of w d and S that of w^2 d d', which swaps do
    not change, the global statistic is D' S+ D and that of an answer D_k / sqrt(S_kk). p-values
    are (1 + b) / (1 + B) with b of B at least as large (Phipson and Smyth 2010), and exact where
    all swaps were looked at. Max-t compares each |t_k| with the largest one of every swap
    (Westfall and Young 1993), so all answers together err in 5% of samples at most. People with
    the same two answers are swapped by one binomial number.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone"] * 8 + ["online"] * 4, dtype=kinds)
    >>> preferred = pd.Series(["phone"] * 2 + ["online"] * 10, dtype=kinds)
    >>> permutation_test(used, preferred, n_permutations=999, rng=np.random.default_rng(1))
    Permutation: 6.00, p = 0.031 from all swaps; n = 12, of whom 6 gave different answers
    """
    if n_permutations < 1:
        raise ValueError(f"n_permutations is {n_permutations}; give 1 or more")
    pairs = read_pairs(used, preferred, weights=weights, frequency=frequency).counted()
    steps, people, forward = _patterns(pairs)
    spread = (steps * people[:, None]).T @ steps
    white, _ = whitener(spread)
    scale = np.sqrt(np.diag(spread))
    unit = np.where(scale > 0, scale, 1.0)

    def statistics(ahead: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        total = (2 * ahead - people) @ steps
        return np.square(total @ white).sum(axis=1), np.abs(total) / unit

    seen, seen_each = statistics(forward[None, :])
    swaps = prod(int(each) + 1 for each in people) if len(people) < 40 else np.inf
    exact = swaps <= n_permutations
    beaten, beaten_each, beaten_max, made = 0.0, np.zeros(len(unit)), np.zeros(len(unit)), 0.0
    for ahead, chance in _every(people) if exact else _random(people, n_permutations, rng):
        whole, each = statistics(ahead)
        beaten += chance @ (whole >= seen[0] - 1e-9 * (1 + seen[0]))
        reached = seen_each[0] - 1e-9 * (1 + seen_each[0])
        beaten_each += chance @ (each >= reached)
        beaten_max += chance @ (each.max(axis=1)[:, None] >= reached)
        made += chance.sum()
    own = 0.0 if exact else 1.0
    p_value, p_each, p_max = (
        np.minimum((own + count) / (own + made), 1.0) for count in (beaten, beaten_each, beaten_max)
    )
    sign = np.sign((2 * forward - people) @ steps)
    answers = pd.DataFrame(
        {
            "answer": pd.Categorical(pairs.labels, categories=pairs.labels),
            "estimate": pairs.moments()[0],
            "statistic": sign * seen_each[0],
            "p_value": p_each,
            "p_adjusted": p_max,
            "n": pairs.n,
        }
    )
    return PermutationTest(
        statistic=float(seen[0]),
        df=white.shape[1],
        p_value=float(p_value),
        n=pairs.n,
        n_discordant=pairs.n_discordant,
        n_permutations=int(swaps) if exact else n_permutations,
        exact=bool(exact),
        answers=answers,
    )


def _patterns(pairs: Pairs) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the distinct weighted differences up to sign, their people, and those ahead.

    Shapes (patterns, answers), (patterns,) and (patterns,). "Ahead" are the people whose
    difference has the pattern's own sign. Patterns without a difference are left out.
    """
    steps = pairs.difference * pairs.each[:, None]
    moved = (steps != 0).any(axis=1)
    steps, people = steps[moved], pairs.people[moved]
    if not len(steps):
        return np.zeros((0, len(pairs.labels))), np.zeros(0, int), np.zeros(0, int)
    first = np.argmax(steps != 0, axis=1)
    sign = np.sign(steps[np.arange(len(steps)), first])
    distinct, row = np.unique(steps * sign[:, None], axis=0, return_inverse=True)
    row = row.reshape(-1)
    together = np.bincount(row, people).astype(int)
    return distinct, together, np.bincount(row, people * (sign > 0)).astype(int)


def _random(
    people: np.ndarray, n_permutations: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give random numbers of people ahead, a block of permutations at a time, each counting 1."""
    for start in range(0, n_permutations, BLOCK):
        size = min(BLOCK, n_permutations - start)
        yield rng.binomial(people, 0.5, size=(size, len(people))), np.ones(size)


def _every(people: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give every number of people ahead with its probability, in one block."""
    every = list(product(*(range(each + 1) for each in people)))
    ahead = np.array(every, dtype=int).reshape(len(every), len(people))
    yield ahead, stats.binom.pmf(ahead, people, 0.5).prod(axis=1)

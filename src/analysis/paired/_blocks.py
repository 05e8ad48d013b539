"""Groups of people with their two answers, the shifts of these, and how the shifts vary."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.paired._checks import Answers, check_rows
from analysis.paired._pairs import Pairs, read_pairs
from analysis.patterns import people_of
from analysis.proportions import linearised_means
from analysis.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Block:
    """The people of a group, the mean difference of each answer and the covariance of these."""

    name: str
    pairs: Pairs
    mean: np.ndarray
    covariance: np.ndarray


def read_blocks(
    used: Answers,
    preferred: Answers,
    *,
    weights: pd.Series | Weights | None = None,
    frequency: pd.Series | None = None,
    by: pd.Series | None = None,
) -> list[Block]:
    """Check two answers of the same people, and find the shifts of each group.

    Parameters
    ----------
    used, preferred, weights, frequency, by
        As for `shifts`.

    Returns
    -------
    list of Block
        In the order of the groups; one block named "" without them.

    Raises
    ------
    ValueError
        As `read_pairs`; or if there are `Weights` and somebody has none, or they were made with
        other frequencies.

    Notes
    -----
    A group is a domain of all people of the `Weights`: the covariance is that of
    `proportions.linearised_means`, R's `svymean` of a part of a raked design. Otherwise it is
    `Pairs.moments`, for which patterns of answers are enough.

    Examples
    --------
    >>> kinds = pd.CategoricalDtype(["phone", "online"])
    >>> used = pd.Series(["phone", "phone", "online"], dtype=kinds)
    >>> preferred = pd.Series(["phone", "online", "online"], dtype=kinds)
    >>> read_blocks(used, preferred)[0].mean.round(3).tolist()
    [-0.333, 0.333]
    """
    if not isinstance(weights, Weights):
        pairs = read_pairs(used, preferred, weights=weights, frequency=frequency, by=by)
        groups = pairs.collapsed().by_group()
        return [_block(name, part, *part.moments()) for name, part in groups]
    check_rows(used, preferred)
    some = people_of(frequency, used) > 0
    index = used.index[some]
    times = weights.people_at(index, None if frequency is None else frequency[some])
    used, preferred, by = used[some], preferred[some], None if by is None else by[some]
    people, own = pd.Series(times, index=index), weights.weights.reindex(index)
    pairs = read_pairs(used, preferred, weights=own, frequency=people, by=by)
    difference = pd.DataFrame(pairs.difference, index=index)
    blocks = []
    for number, (name, part) in enumerate(pairs.counted().by_group()):
        found = linearised_means(difference[pairs.group == number], weights=weights)
        blocks.append(_block(name, part, found.estimates.to_numpy(), found.cov))
    return blocks


def _block(name: str, pairs: Pairs, mean: np.ndarray, covariance: np.ndarray) -> Block:
    return Block(name=name, pairs=pairs, mean=mean, covariance=covariance)

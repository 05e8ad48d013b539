"""The true joint distribution of the channel used and the channel preferred."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.survey.codebook import Question
from analysis.synthetic import draws

_TOLERANCE = 1e-12

_ROUNDS = 20_000


@dataclass(frozen=True, kw_only=True)
class ChannelModel:
    """A log-linear model of (used, preferred), scaled to margins and agreement.

    `used_scale`, `preferred_scale` and `agreement_scale` multiply the kernel's rows, columns and
    diagonal. Codes are those of the codebook's list of channels, in its order.
    """

    codes: tuple[str, ...]
    groups: tuple[str, ...]
    channels: Mapping[str, Any]
    used_scale: np.ndarray
    preferred_scale: np.ndarray
    agreement_scale: float

    def joint(self, people: pd.DataFrame) -> np.ndarray:
        """Return each person's joint distribution.

        Parameters
        ----------
        people : pandas.DataFrame
            With the roles that the effects go by (`age_group`, `district`).

        Returns
        -------
        numpy.ndarray
            Shape (people, used, preferred); every person's table sums to 1.
        """
        tables, of = self.tables(people)
        return tables[of]

    def tables(self, people: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Return the joint distributions there are.

        Parameters
        ----------
        people : pandas.DataFrame
            As for `joint`.

        Returns
        -------
        tuple of numpy.ndarray
            Tables of shape (patterns, used, preferred), and which of them is each person's.
        """
        alike, of = _alike(people, self.channels)
        kernel = _kernel(alike, self.channels, self.codes, self.groups)
        scales = (self.used_scale, self.preferred_scale, self.agreement_scale)
        return _scaled(kernel, *scales), of


def fit_channels(
    people: pd.DataFrame, channels: Mapping[str, Any], question: Question
) -> ChannelModel:
    """Scale the kernel so that its margins over these people are the targets.

    Parameters
    ----------
    people : pandas.DataFrame
        The people who were asked both questions, with the roles that the effects go by.
    channels : mapping
        The table `[channels]` of the parameters.
    question : Question
        The question on the channel preferred: its answers and their groups.

    Returns
    -------
    ChannelModel
        Averaged over the people, used and preferred have the target shares and the stated share
        uses the preferred channel, each to within 1e-12.

    Raises
    ------
    ValueError
        If the targets cannot be met together.

    Notes
    -----
    Iterative proportional fitting with three sets of margins and each person's total fixed at 1.
    The agreement that two margins allow at most is the sum of the smaller share of each channel.
    """
    codes = question.codes
    used, preferred = (
        np.array([float(channels[side]["target"].get(code, 0.0)) for code in codes])
        for side in ("used", "preferred")
    )
    most, agreement = np.minimum(used, preferred).sum(), channels["agreement"]
    if abs(used.sum() - 1) > 1e-9 or abs(preferred.sum() - 1) > 1e-9 or not 0 < agreement < most:
        raise ValueError(
            f"the targets of [channels] cannot be met together: used sums to {used.sum():.4f}, "
            f"preferred to {preferred.sum():.4f}, agreement is {agreement} of at most {most:.4f}; "
            "correct simulation.toml"
        )
    groups = tuple(answer.group or answer.label for answer in question.answers)
    alike, of = _alike(people, channels)
    kernel, shares = _kernel(alike, channels, codes, groups), np.bincount(of) / len(people)

    def mean_table(a: np.ndarray, b: np.ndarray, odds: float) -> np.ndarray:
        return np.tensordot(shares, _scaled(kernel, a, b, odds), axes=1)

    a, b, odds = used.copy(), preferred.copy(), 1.0
    for _ in range(_ROUNDS):
        mean = mean_table(a, b, odds)
        a = a * _ratio(used, mean.sum(axis=1))
        mean = mean_table(a, b, odds)
        b = b * _ratio(preferred, mean.sum(axis=0))
        mean = mean_table(a, b, odds)
        same = np.diagonal(mean).sum()
        odds *= (agreement / (1 - agreement)) / (same / (1 - same))
        mean = mean_table(a, b, odds)
        gaps = (mean.sum(axis=1) - used, mean.sum(axis=0) - preferred)
        gap = max(np.abs(gaps[0]).max(), np.abs(gaps[1]).max())
        if max(gap, abs(np.diagonal(mean).sum() - agreement)) < _TOLERANCE:
            return ChannelModel(
                codes=codes,
                groups=groups,
                channels=channels,
                used_scale=a,
                preferred_scale=b,
                agreement_scale=float(odds),
            )
    raise ValueError(
        f"the margins of [channels] were not reached in {_ROUNDS} rounds; "
        "lower agreement in simulation.toml"
    )


def draw_channels(
    people: pd.DataFrame, model: ChannelModel, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw the channel used most recently and the one preferred.

    Parameters
    ----------
    people : pandas.DataFrame
        With the roles that the effects go by.
    model : ChannelModel
        From `fit_channels`.
    rng : numpy.random.Generator
        Source of randomness; one number a person is taken from it.

    Returns
    -------
    tuple of numpy.ndarray
        Codes used and codes preferred.
    """
    tables, of = model.tables(people)
    drawn = draws.choose(tables.reshape(len(tables), -1), rng, of)
    codes = np.array(model.codes, dtype=object)
    return codes[drawn // len(codes)], codes[drawn % len(codes)]


def _alike(people: pd.DataFrame, channels: Mapping[str, Any]) -> tuple[pd.DataFrame, np.ndarray]:
    """Find the people whose channels have the same distribution; see `draws.patterns`."""
    by = {e["by"]: None for side in ("used", "preferred") for e in channels[side].get("effect", ())}
    return draws.patterns(people, list(by))


def _kernel(
    people: pd.DataFrame,
    channels: Mapping[str, Any],
    codes: tuple[str, ...],
    groups: tuple[str, ...],
) -> np.ndarray:
    used = draws.effects_on_answers(people, channels["used"].get("effect", ()), codes)
    preferred = draws.effects_on_answers(people, channels["preferred"].get("effect", ()), codes)
    alike = np.array([[one == two for two in groups] for one in groups], dtype=float)
    affinity = channels["affinity"]["same_group"] * (alike - np.eye(len(codes)))
    return np.exp(used[:, :, None] + preferred[:, None, :] + affinity)


def _scaled(kernel: np.ndarray, a: np.ndarray, b: np.ndarray, odds: float) -> np.ndarray:
    diagonal = np.where(np.eye(len(a), dtype=bool), odds, 1.0)
    table = kernel * (a[:, None] * b[None, :] * diagonal)
    return table / table.sum(axis=(1, 2), keepdims=True)


def _ratio(target: np.ndarray, reached: np.ndarray) -> np.ndarray:
    return np.divide(target, reached, out=np.ones_like(target), where=target > 0)

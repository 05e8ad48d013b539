"""The shares that a model predicts, averaged over its people, with their derivatives."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.ordinal import OrdinalFit, find_link


def average(
    fitted: OrdinalFit, setting: Mapping[str, object], named: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean share of each answer, then of the named ones, with their derivatives.

    Parameters
    ----------
    fitted : OrdinalFit
        The model; its people are averaged over, with their weights.
    setting : mapping of str to object
        Predictors that everybody is set to.
    named : numpy.ndarray
        As `OrdinalFit.named` returns it.

    Returns
    -------
    tuple of numpy.ndarray
        Shapes (answers + 1,) and (answers + 1, parameters).

    Raises
    ------
    ValueError
        If a value is not a category that the fit saw.

    Notes
    -----
    P(Y <= j) = F(a_j) first; an answer's share is the difference of two of them. If the named
    answers are all that somebody gave, their share is 1, whatever the parameters.
    """
    data = fitted.data
    frame = data.frame.copy()
    for name, value in setting.items():
        if isinstance(frame[name].dtype, pd.CategoricalDtype):
            if value not in frame[name].cat.categories:
                raise ValueError(f"{value!r} is not a category of {name!r} that the fit saw")
            frame[name] = pd.Categorical([value] * len(frame), dtype=frame[name].dtype)
        else:
            frame[name] = value
    exog, freed = data.design(frame) if setting else (data.exog, data.freed)
    weight = data.counts.sum(axis=1) / data.counts.sum()
    cuts, size = len(fitted.answers) - 1, len(data.names)
    parameters, link = fitted.parameters, find_link(fitted.link)
    thresholds = parameters[size : size + cuts * freed.shape[1]].reshape(-1, cuts)
    edges = freed @ thresholds - (exog @ parameters[:size])[:, None]
    below, slopes = np.zeros(cuts), np.zeros((cuts, len(parameters)))
    spread = 0.0 if fitted.random is None else fitted.random.sd
    nodes, weights = np.polynomial.hermite_e.hermegauss(1 if spread == 0 else 30)
    for node, share in zip(nodes, weights / weights.sum(), strict=True):
        shifted = edges - spread * node
        low, high = link.below(shifted)
        density = share * weight[:, None] * link.slopes(shifted, low, high)[0]
        below += share * (weight @ low)
        slopes[:, :size] -= density.T @ exog
        by_cut = density.T @ freed
        for column in range(freed.shape[1]):
            start = size + column * cuts
            slopes[range(cuts), range(start, start + cuts)] += by_cut[:, column]
        if spread:
            slopes[:, -1] -= node * density.sum(axis=0)
    none = np.zeros((1, len(parameters)))
    values = np.diff(np.r_[0.0, below, 1.0])
    gradients = np.diff(np.vstack([none, slopes, none]), axis=0)
    if named.all():
        return np.r_[values, 1.0], np.vstack([gradients, none])
    return (
        np.r_[values, values[named].sum()],
        np.vstack([gradients, gradients[named].sum(axis=0)]),
    )

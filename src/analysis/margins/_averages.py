"""The shares that a model predicts, averaged over its people, with their derivatives."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.ordinal import OrdinalFit, Patterns, find_link


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
    exog, freed = _set(data, setting)
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


def _set(data: Patterns, setting: Mapping[str, object]) -> tuple[np.ndarray, np.ndarray]:
    """Return the predictors of the people with some set to a value."""
    frame = data.frame
    for name, value in setting.items():
        kind = frame[name].dtype
        if isinstance(kind, pd.CategoricalDtype) and value not in kind.categories:
            raise ValueError(f"{value!r} is not a category of {name!r} that the fit saw")
    if all(_is_plain(data, name) for name in setting):
        exog = data.exog.copy()
        for name, value in setting.items():
            for column in data.terms[name]:
                indicates = isinstance(frame[name].dtype, pd.CategoricalDtype)
                new = float(column == f"{name}[T.{value}]") if indicates else float(value)
                exog[:, data.names.index(column)] = new
        return exog, data.freed
    frame = frame.copy()
    for name, value in setting.items():
        kind = frame[name].dtype
        categorical = isinstance(kind, pd.CategoricalDtype)
        frame[name] = pd.Categorical([value] * len(frame), dtype=kind) if categorical else value
    return data.design(frame)


def _is_plain(data: Patterns, name: str) -> bool:
    """Tell whether a predictor is a term as it stands, in no other term, and not freed."""
    if name not in data.terms or any(name in term for term in data.terms if term != name):
        return False
    return all(column in data.names for column in data.terms[name])

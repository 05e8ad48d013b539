"""Shares predicted with everybody set to a category, or having an indicator."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from analysis.margins._averages import average
from analysis.margins._table import NAMED, Margins
from analysis.ordinal import OrdinalFit


def predicted_shares(
    fitted: OrdinalFit,
    by: str | Sequence[str],
    *,
    answers: Sequence[str],
    at: Mapping[str, object] | None = None,
) -> Margins:
    """Predict the share of each answer with everybody set to one category after the other.

    Parameters
    ----------
    fitted : OrdinalFit
        The model; its people are averaged over, with their weights.
    by : str or sequence of str
        Categorical predictor, or several for every combination of their categories.
    answers : sequence of str
        The answers whose share is meant, by label; those that nobody gave add nothing.
    at : mapping of str to object, optional
        Other predictors held at stated values, instead of at each person's own.

    Returns
    -------
    Margins
        The reference is everybody as they are (or at the stated values).

    Raises
    ------
    ValueError
        If an answer is not on the scale of the outcome, or a variable is not a predictor of the
        model, or a value not one that it saw.

    Notes
    -----
    All else as it is, the probabilities are averaged (g-computation; Graubard and Korn 1999,
    Biometrics 55). Intervals are the delta method's on the logit of the share, so they stay
    between 0 and 1, and take the composition of the people as given. With a random intercept
    probabilities are averaged over its distribution, and with survey weights besides intervals
    are those of t on groups - 1 degrees of freedom. A share describes an association in the
    model; it does not say what would happen if people changed category.

    Examples
    --------
    >>> from analysis import ordinal
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True),
    ...     "group": pd.Categorical([*"pqqppqqpqp"]),
    ... })
    >>> margins = predicted_shares(ordinal.fit("rating ~ group", data), "group", answers=["c"])
    >>> margins.frame()[["level", "estimate", "n"]].round(3)
      level  estimate  n
    0     p       0.2  5
    1     q       0.4  5
    """
    variables = [by] if isinstance(by, str) else list(by)
    frame, stated = fitted.data.frame, dict(at or {})
    named = _checked(fitted, [*variables, *stated], answers)
    kinds = []
    for name in variables:
        if not isinstance(frame[name].dtype, pd.CategoricalDtype):
            raise ValueError(f"{name!r} is a number; give it to `indicators` or in `at`")
        kinds.append(list(frame[name].cat.categories))
    rows, settings = [], []
    for values in product(*kinds):
        chosen = dict(zip(variables, values, strict=True))
        settings.append(chosen | stated)
        here = np.logical_and.reduce([frame[name] == value for name, value in chosen.items()])
        label = ", ".join(map(str, values))
        rows.append(_row(fitted, " x ".join(variables), label, np.asarray(here), named))
    return _margins(fitted, rows, settings, [stated] * len(settings), named)


def indicators(fitted: OrdinalFit, names: Sequence[str], *, answers: Sequence[str]) -> Margins:
    """Predict shares with everybody having one of several indicators, beside not having it.

    Parameters
    ----------
    fitted : OrdinalFit
        The model.
    names : sequence of str
        Predictors that are 1 or 0, such as channels of which people could name several.
    answers : sequence of str
        The answers whose share is meant, by label; those that nobody gave add nothing.

    Returns
    -------
    Margins
        A row an indicator, set to 1, all others as they are; the reference is set to 0.

    Raises
    ------
    ValueError
        As in `predicted_shares`, or if an indicator is not 1 or 0.

    Examples
    --------
    >>> from analysis import ordinal
    >>> from analysis.margins import differences
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True), "web": [0, 1] * 5,
    ... })
    >>> found = indicators(ordinal.fit("rating ~ web", data), ["web"], answers=["c"])
    >>> differences(found)[["level", "estimate"]].round(3)
      level  estimate
    0   web       0.2
    """
    named = _checked(fitted, names, answers)
    rows = []
    for name in names:
        values = set(np.unique(fitted.data.frame[name]).tolist())
        if not values <= {0, 1}:
            raise ValueError(f"{name!r} has values besides 1 and 0: {sorted(values - {0, 1})[:3]}")
        here = (fitted.data.frame[name] == 1).to_numpy()
        rows.append(_row(fitted, name, name, here, named))
    return _margins(fitted, rows, [{n: 1.0} for n in names], [{n: 0.0} for n in names], named)


def by_terms(fitted: OrdinalFit, terms: Sequence[str], *, answers: Sequence[str]) -> Margins:
    """Predict shares by a question of one answer, or by indicators of several.

    Parameters
    ----------
    fitted : OrdinalFit
        The model.
    terms : sequence of str
        One categorical predictor, or indicators, as `bases.channel_terms` returns them.
    answers : sequence of str
        The answers whose share is meant, by label; those that nobody gave add nothing.

    Returns
    -------
    Margins
        As `predicted_shares` or `indicators`.

    Raises
    ------
    ValueError
        As these.

    Examples
    --------
    >>> from analysis import ordinal
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True), "web": [0, 1] * 5,
    ... })
    >>> fitted = ordinal.fit("rating ~ web", data)
    >>> by_terms(fitted, ["web"], answers=["c"]).levels["level"].tolist()
    ['web']
    """
    return (
        predicted_shares(fitted, terms[0], answers=answers)
        if _is_question(fitted, terms)
        else indicators(fitted, terms, answers=answers)
    )


def _is_question(fitted: OrdinalFit, terms: Sequence[str]) -> bool:
    frame = fitted.data.frame
    return len(terms) == 1 and isinstance(frame[terms[0]].dtype, pd.CategoricalDtype)


def _checked(fitted: OrdinalFit, variables: Sequence[str], answers: Sequence[str]) -> np.ndarray:
    """Return which answers are named, if the model has these predictors."""
    for name in variables:
        if name not in fitted.data.frame:
            raise ValueError(f"{name!r} is not a predictor of {fitted.formula!r}")
    return fitted.named(answers)


def _row(
    fitted: OrdinalFit, variable: str, label: str, here: np.ndarray, named: np.ndarray
) -> dict:
    """Return who is in a category: people, those with a named answer, and their share."""
    people, counts = fitted.data.people[here], fitted.data.counts[here]
    total = counts.sum()
    return {
        "variable": variable,
        "level": label,
        "n": int(people.sum()),
        "n_top": int(people[:, named].sum()),
        "raw_share": float(counts[:, named].sum() / total) if total else np.nan,
    }


def _margins(
    fitted: OrdinalFit,
    rows: list[dict],
    settings: list[dict[str, object]],
    references: list[dict[str, object]],
    named: np.ndarray,
) -> Margins:
    found, known = [], {}
    for setting in (*settings, *references):
        key = tuple(sorted(setting.items(), key=str))
        if key not in known:
            known[key] = average(fitted, setting, named)
        found.append(known[key])
    values = np.array([value for value, _ in found])
    slopes = np.array([gradient for _, gradient in found])
    size = len(settings)
    return Margins(
        levels=pd.DataFrame(rows),
        answers=(*fitted.answers, NAMED),
        estimate=values[:size],
        gradient=slopes[:size],
        reference=values[size:],
        reference_gradient=slopes[size:],
        cov=np.nan_to_num(fitted.cov.to_numpy()),
        df=fitted.df,
    )

"""Predicted shares of an ordinal model: what readers ask for instead of odds ratios."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pandas as pd
from scipy import special, stats
from statsmodels.stats.multitest import multipletests

from analysis.ordinal import OrdinalFit
from analysis.ordinal.links import find_link
from analysis.paired.simultaneous import critical_value
from analysis.quadratic import correlation

#: What the share of the highest answers together is called in tables.
TOP = "top answers"


@dataclass(frozen=True, kw_only=True)
class Margins:
    """Shares predicted with everybody set to a category, and what differences are taken from.

    `levels` has a row a setting: `variable, level, n`, and `n_top, raw_share`: how many of the
    people who are in the category gave a top answer, and their share. `estimate` has the shares
    of each of `answers`, the last one the top answers together, and `reference` the shares
    compared with; `gradient` and `reference_gradient` are their derivatives by the parameters of
    the model, whose covariance is `cov`.
    """

    levels: pd.DataFrame
    answers: tuple[str, ...]
    estimate: np.ndarray
    gradient: np.ndarray
    reference: np.ndarray
    reference_gradient: np.ndarray
    cov: np.ndarray

    def frame(self, answer: str = TOP, *, conf_level: float = 0.95) -> pd.DataFrame:
        """Give the shares of one answer with intervals on the logit scale.

        Parameters
        ----------
        answer : str
            One of `answers`; the top answers together by default.
        conf_level : float
            Level of the intervals, between 0 and 1.

        Returns
        -------
        pandas.DataFrame
            `variable, level, answer, estimate, std_error, conf_low, conf_high, n, n_top,
            raw_share`.
        """
        at = self._position(answer)
        share, slopes = self.estimate[:, at], self.gradient[:, at]
        error = np.sqrt(np.einsum("ij,jk,ik->i", slopes, self.cov, slopes))
        reach = stats.norm.isf((1 - conf_level) / 2) * error / (share * (1 - share))
        found = pd.DataFrame(
            {
                "answer": answer,
                "estimate": share,
                "std_error": error,
                "conf_low": special.expit(special.logit(share) - reach),
                "conf_high": special.expit(special.logit(share) + reach),
            }
        )
        named = self.levels[["variable", "level"]]
        return pd.concat([named, found, self.levels[["n", "n_top", "raw_share"]]], axis=1)

    def _position(self, answer: str) -> int:
        if answer not in self.answers:
            raise ValueError(f"{answer!r} is not among {list(self.answers)}")
        return self.answers.index(answer)


def shares(
    fitted: OrdinalFit,
    by: str | Sequence[str],
    *,
    top: int = 2,
    at: Mapping[str, object] | None = None,
) -> Margins:
    """Predict the share of each answer with everybody set to one category after the other.

    Parameters
    ----------
    fitted : OrdinalFit
        The model; its people are averaged over, with their weights.
    by : str or sequence of str
        Categorical predictor, or several for every combination of their categories.
    top : int
        How many of the highest answers count as top.
    at : mapping of str to object, optional
        Other predictors held at stated values, instead of at each person's own.

    Returns
    -------
    Margins
        The reference is everybody as they are (or at the stated values).

    Raises
    ------
    ValueError
        If `top` is not between 1 and the number of answers less one, or a variable is not a
        predictor of the model, or a value not one that it saw.

    Notes
    -----
    All else as it is, the probabilities are averaged (g-computation; Graubard and Korn 1999,
    Biometrics 55). Intervals are the delta method's on the logit of the share, so they stay
    between 0 and 1, and take the composition of the people as given. With a random intercept
    probabilities are averaged over its distribution. A share describes an association in the
    model; it does not say what would happen if people changed category.

    Examples
    --------
    >>> from analysis import ordinal
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True),
    ...     "group": pd.Categorical([*"pqqppqqpqp"]),
    ... })
    >>> margins = shares(ordinal.fit("rating ~ group", data), "group", top=1)
    >>> margins.frame()[["level", "estimate", "n"]].round(3)
      level  estimate  n
    0     p       0.2  5
    1     q       0.4  5
    """
    variables = [by] if isinstance(by, str) else list(by)
    frame, stated = fitted.data.frame, dict(at or {})
    _check(fitted, [*variables, *stated], top)
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
        rows.append(_row(fitted, " x ".join(variables), label, np.asarray(here), top))
    return _margins(fitted, rows, settings, [stated] * len(settings), top)


def indicators(fitted: OrdinalFit, names: Sequence[str], *, top: int = 2) -> Margins:
    """Predict shares with everybody having one of several indicators, beside not having it.

    Parameters
    ----------
    fitted : OrdinalFit
        The model.
    names : sequence of str
        Predictors that are 1 or 0, such as channels of which people could name several.
    top : int
        How many of the highest answers count as top.

    Returns
    -------
    Margins
        A row an indicator, set to 1, all others as they are; the reference is set to 0.

    Raises
    ------
    ValueError
        As in `shares`, or if an indicator is not 1 or 0.

    Examples
    --------
    >>> from analysis import ordinal
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True), "web": [0, 1] * 5,
    ... })
    >>> found = differences(indicators(ordinal.fit("rating ~ web", data), ["web"], top=1))
    >>> found[["level", "estimate"]].round(3)
      level  estimate
    0   web       0.2
    """
    _check(fitted, names, top)
    rows = []
    for name in names:
        values = set(np.unique(fitted.data.frame[name]).tolist())
        if not values <= {0, 1}:
            raise ValueError(f"{name!r} has values besides 1 and 0: {sorted(values - {0, 1})[:3]}")
        here = (fitted.data.frame[name] == 1).to_numpy()
        rows.append(_row(fitted, name, name, here, top))
    return _margins(fitted, rows, [{n: 1.0} for n in names], [{n: 0.0} for n in names], top)


def by_terms(fitted: OrdinalFit, terms: Sequence[str], *, top: int = 2) -> Margins:
    """Predict shares by a question of one answer, or by indicators of several.

    Parameters
    ----------
    fitted : OrdinalFit
        The model.
    terms : sequence of str
        One categorical predictor, or indicators, as `bases.channel_terms` returns them.
    top : int
        How many of the highest answers count as top.

    Returns
    -------
    Margins
        As `shares` or `indicators`.

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
    >>> by_terms(ordinal.fit("rating ~ web", data), ["web"]).levels["level"].tolist()
    ['web']
    """
    return (
        shares(fitted, terms[0], top=top)
        if _is_question(fitted, terms)
        else indicators(fitted, terms, top=top)
    )


def _is_question(fitted: OrdinalFit, terms: Sequence[str]) -> bool:
    frame = fitted.data.frame
    return len(terms) == 1 and isinstance(frame[terms[0]].dtype, pd.CategoricalDtype)


def differences(
    margins: Margins,
    *,
    against: str = "reference",
    answer: str = TOP,
    conf_level: float = 0.95,
) -> pd.DataFrame:
    """Compare predicted shares with the reference, with the first category, or in all pairs.

    Parameters
    ----------
    margins : Margins
        As `shares` or `indicators` returns them.
    against : str
        "reference" (everybody as they are, or without the indicator), "first" or "pairs".
    answer : str
        Whose share; the top answers together by default.
    conf_level : float
        Level at which all intervals hold together, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        `variable, level, against, estimate, std_error, conf_low, conf_high, statistic, p_value,
        p_adjusted, n`: differences of shares, simultaneous intervals (max-t), and p-values
        adjusted by Holm's method over all rows.

    Raises
    ------
    ValueError
        If `against` is unknown.

    Examples
    --------
    >>> from analysis import ordinal
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbc"], ordered=True),
    ...     "group": pd.Categorical([*"pqqppqqpqp"]),
    ... })
    >>> margins = shares(ordinal.fit("rating ~ group", data), "group", top=1)
    >>> differences(margins, against="first")[["level", "against", "estimate"]].round(3)
      level against  estimate
    0     q       p       0.2
    """
    at, size = margins._position(answer), len(margins.levels)
    names = margins.levels["level"]
    if against == "reference":
        pairs = [(row, None) for row in range(size)]
    elif against == "first":
        pairs = [(row, 0) for row in range(1, size)]
    elif against == "pairs":
        pairs = [(second, first) for first, second in combinations(range(size), 2)]
    else:
        raise ValueError(f"against is {against!r}; choose reference, first or pairs")
    value, slopes, labels = [], [], []
    for row, other in pairs:
        left, left_slopes = margins.estimate[row, at], margins.gradient[row, at]
        right = margins.reference[row, at] if other is None else margins.estimate[other, at]
        right_slopes = (
            margins.reference_gradient[row, at] if other is None else margins.gradient[other, at]
        )
        value.append(left - right)
        slopes.append(left_slopes - right_slopes)
        labels.append("" if other is None else names[other])
    value, slopes = np.array(value), np.array(slopes)
    covariance = slopes @ margins.cov @ slopes.T
    error = np.sqrt(np.diag(covariance))
    reach = critical_value([correlation(covariance)[0]], conf_level) * error
    statistic = np.divide(value, error, out=np.zeros_like(value), where=error > 0)
    p_value = 2 * stats.norm.sf(np.abs(statistic))
    rows = [row for row, _ in pairs]
    return pd.DataFrame(
        {
            "variable": margins.levels["variable"].to_numpy()[rows],
            "level": names.to_numpy()[rows],
            "against": labels,
            "estimate": value,
            "std_error": error,
            "conf_low": value - reach,
            "conf_high": value + reach,
            "statistic": statistic,
            "p_value": p_value,
            "p_adjusted": multipletests(p_value, method="holm")[1],
            "n": margins.levels["n"].to_numpy()[rows],
        }
    )


def _check(fitted: OrdinalFit, variables: Sequence[str], top: int) -> None:
    answers = len(fitted.answers)
    if not 1 <= top < answers:
        raise ValueError(f"top is {top}; choose from 1 to {answers - 1}")
    for name in variables:
        if name not in fitted.data.frame:
            raise ValueError(f"{name!r} is not a predictor of {fitted.formula!r}")


def _row(fitted: OrdinalFit, variable: str, label: str, here: np.ndarray, top: int) -> dict:
    """Return who is in a category: people, those with a top answer, and their (weighted) share."""
    people, counts = fitted.data.people[here], fitted.data.counts[here]
    total = counts.sum()
    return {
        "variable": variable,
        "level": label,
        "n": int(people.sum()),
        "n_top": int(people[:, -top:].sum()),
        "raw_share": float(counts[:, -top:].sum() / total) if total else np.nan,
    }


def _margins(
    fitted: OrdinalFit,
    rows: list[dict],
    settings: list[dict[str, object]],
    references: list[dict[str, object]],
    top: int,
) -> Margins:
    found, known = [], {}
    for setting in (*settings, *references):
        key = tuple(sorted(setting.items(), key=str))
        if key not in known:
            known[key] = _average(fitted, setting, top)
        found.append(known[key])
    values = np.array([value for value, _ in found])
    slopes = np.array([gradient for _, gradient in found])
    size = len(settings)
    return Margins(
        levels=pd.DataFrame(rows),
        answers=(*fitted.answers, TOP),
        estimate=values[:size],
        gradient=slopes[:size],
        reference=values[size:],
        reference_gradient=slopes[size:],
        cov=np.nan_to_num(fitted.cov.to_numpy()),
    )


def _average(
    fitted: OrdinalFit, setting: Mapping[str, object], top: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean share of each answer, then of the top ones, with their derivatives.

    P(Y <= j) = F(a_j) first; an answer's share is the difference of two of them.
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
    best = slice(len(values) - top, None)
    return (
        np.r_[values, values[best].sum()],
        np.vstack([gradients, gradients[best].sum(axis=0)]),
    )

"""Brant's test of proportional odds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.numerics import holm, p_text, quadratic_form
from analysis.ordinal import (
    OrdinalFit,
    Patterns,
    answer_shares,
    find_link,
    fit_patterns,
    separated_terms,
)

#: What the row of all terms together is called.
OMNIBUS = "all terms"


@dataclass(frozen=True, kw_only=True)
class Brant:
    """Result of Brant's test: `table` has a row for all terms, then one a term.

    `cuts` has a row a column and cut: the coefficient of the binary logit of an answer above the
    cut, beside the one of the model. `left_out` names columns whose people were left out.
    """

    table: pd.DataFrame
    cuts: pd.DataFrame
    left_out: tuple[str, ...]
    n: int

    def __str__(self) -> str:
        row = self.table.iloc[0]
        return (
            f"Brant's test, all terms: chi2({row['df']:.0f}) = {row['statistic']:.2f}, "
            f"{p_text(row['p_value'])}; n = {self.n:,}"
        )

    __repr__ = __str__


def brant(fitted: OrdinalFit, *, conf_level: float = 0.95) -> Brant:
    """Test proportional odds by comparing a binary logit model at each cut of the answers.

    Parameters
    ----------
    fitted : OrdinalFit
        A cumulative logit model without survey weights, random intercept or freed terms.
    conf_level : float
        Level of the intervals of `cuts`, between 0 and 1.

    Returns
    -------
    Brant
        `table`: `term, statistic, df, p_value, p_adjusted` (Holm over the terms), `n`. `cuts`:
        `term, cut, estimate, std_error, conf_low, conf_high, proportional`.

    Raises
    ------
    ValueError
        If the link is not logit, the model has weights, groups or freed terms, or there are two
        answers; if leaving people out does not end separation.

    Notes
    -----
    Brant 1990, Biometrics 46. For cut j let p_ij be the chance of an answer above it, and X have
    a first column of ones. The coefficients of cuts j <= l have the covariance
    (X'W_j X)^-1 X'W_jl X (X'W_l X)^-1, W_j = p_j (1 - p_j), W_jl = p_l - p_j p_l; Wald's test
    compares those of the first cut with the others. Where a category has so few people that
    their answers lie on one side of a cut, its coefficient is not finite: these people are left
    out, and named. The test answers to large samples with small departures; look at `cuts`.

    Examples
    --------
    >>> from analysis import ordinal
    >>> data = pd.DataFrame({
    ...     "rating": pd.Categorical([*"abcabcabbcac"], ordered=True), "x": range(12)
    ... })
    >>> brant(ordinal.fit("rating ~ x", data))
    Brant's test, all terms: chi2(1) = 0.13, p = 0.717; n = 12
    """
    if fitted.weighted or fitted.random is not None or fitted.data.freed_names:
        raise ValueError(f"{fitted.formula!r} has weights, groups or freed terms; fit it without")
    if fitted.link != "logit" or len(fitted.answers) < 3:
        raise ValueError(f"Brant's test is of logit models of three answers or more, not {fitted}")
    exog, counts, names, left_out = _estimable(fitted.data)
    size, cuts = exog.shape[1], counts.shape[1] - 1
    ones = np.column_stack([np.ones(len(exog)), exog])
    people = counts.sum(axis=1)
    slopes, chance = [], []
    for cut in range(cuts):
        binary = _two_answers(fitted.data, exog, counts, names, cut)
        model = fit_patterns(f"above {fitted.answers[cut]}", binary)
        slopes.append(model.coefficients["estimate"].to_numpy())
        edges = model.thresholds["estimate"].iloc[0] - exog @ slopes[-1]
        chance.append(answer_shares(find_link("logit"), edges[:, None])[:, 1])
    bread = [np.linalg.inv(ones.T @ ((people * p * (1 - p))[:, None] * ones)) for p in chance]
    covariance = np.empty((cuts, size, cuts, size))
    for first in range(cuts):
        for second in range(first, cuts):
            middle = people * (chance[second] - chance[first] * chance[second])
            block = bread[first] @ (ones.T @ (middle[:, None] * ones)) @ bread[second]
            covariance[first, :, second] = block[1:, 1:]
            covariance[second, :, first] = block[1:, 1:].T
    found, spread = np.array(slopes), covariance.reshape(cuts * size, cuts * size)
    contrast = np.hstack(
        [np.kron(np.ones((cuts - 1, 1)), np.eye(size)), -np.eye(size * (cuts - 1))]
    )
    moved, spread_moved = contrast @ found.ravel(), contrast @ spread @ contrast.T
    owner = {name: term for term, own in fitted.data.terms.items() for name in own}
    terms = [owner[name] for name in names]
    rows = []
    for term in (OMNIBUS, *dict.fromkeys(terms)):
        here = np.tile([term in (OMNIBUS, each) for each in terms], cuts - 1)
        statistic, df = quadratic_form(moved[here], spread_moved[np.ix_(here, here)])
        rows.append((term, statistic, df, float(stats.chi2.sf(statistic, df))))
    table = pd.DataFrame(rows, columns=["term", "statistic", "df", "p_value"])
    table["p_adjusted"] = [
        table["p_value"].iloc[0],
        *holm(table["p_value"].iloc[1:]),
    ]
    n = int(people.sum())
    return Brant(
        table=table.assign(n=n),
        cuts=_cut_table(fitted, names, found, np.sqrt(np.diag(spread)), conf_level),
        left_out=left_out,
        n=n,
    )


def _cut_table(
    fitted: OrdinalFit, names: list[str], found: np.ndarray, error: np.ndarray, conf_level: float
) -> pd.DataFrame:
    """Return the coefficient of each column at each cut beside that of the model."""
    reach = stats.norm.isf((1 - conf_level) / 2) * error
    proportional = fitted.coefficients.set_index("term")["estimate"]
    return pd.DataFrame(
        {
            "term": names * len(found),
            "cut": np.repeat([f"above {answer}" for answer in fitted.answers[:-1]], len(names)),
            "estimate": found.ravel(),
            "std_error": error,
            "conf_low": found.ravel() - reach,
            "conf_high": found.ravel() + reach,
            "proportional": proportional[names].to_numpy().tolist() * len(found),
        }
    )


def _two_answers(
    data: Patterns, exog: np.ndarray, counts: np.ndarray, names: list[str], cut: int
) -> Patterns:
    """Return the patterns with the answers up to a cut and those above it."""
    two = np.column_stack([counts[:, : cut + 1].sum(axis=1), counts[:, cut + 1 :].sum(axis=1)])
    ones = np.ones((len(exog), 1))
    return Patterns(
        **{name: getattr(data, name) for name in ("outcome", "frame", "spec", "terms", "dropped")},
        scale=("below", "above"), answers=("below", "above"),
        exog=exog, names=names, freed=ones, freed_names=[],
        counts=two, squares=two, people=two, weighted=False, group=None, groups=(),
        whose=data.whose,
    )  # fmt: skip


def _estimable(data: Patterns) -> tuple[np.ndarray, np.ndarray, list[str], tuple[str, ...]]:
    """Leave out the people who make a coefficient of some cut infinite, and say which columns."""
    exog, counts, names, left_out = data.exog, data.counts, list(data.names), []
    while True:
        runaway = []
        for cut in range(counts.shape[1] - 1):
            runaway += separated_terms(_two_answers(data, exog, counts, names, cut))
        runaway = [name for name in dict.fromkeys(runaway) if name in names]
        if not runaway:
            return exog, counts, names, tuple(left_out)
        own = next(own for own in data.terms.values() if runaway[0] in own)
        mine = [name for name in own if name in names]
        here = exog[:, [names.index(name) for name in mine]]
        flagged = [name for name in mine if name in runaway]
        if len(mine) > 1 and len(flagged) == len(mine):
            out, drop = (here == 0).all(axis=1), mine[:1]  # the baseline is the one that runs away
            left_out.append(f"baseline of {mine[0]}")
        else:
            out, drop = (here[:, [mine.index(name) for name in flagged]] != 0).any(axis=1), flagged
            left_out += flagged
        kept = [at for at, name in enumerate(names) if name not in drop]
        exog, counts, names = exog[~out][:, kept], counts[~out], [names[at] for at in kept]
        if not names or not counts.size or (counts.sum(axis=0) == 0).any():
            raise ValueError(
                f"Brant's test cannot be made: the answers are separated by {left_out}; combine "
                "categories or answers"
            )

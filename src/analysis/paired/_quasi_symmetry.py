"""Which answers people move towards, once it is known between which they move at all."""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats
from scipy.sparse import csgraph
from scipy.special import xlogy
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from analysis.numerics import p_text
from analysis.paired._square import square_cells


@dataclass(frozen=True, kw_only=True)
class QuasiSymmetry:
    """The fitted model: `statistic, df, p_value` test its fit, `p_symmetry` what it adds.

    `answers` has a row an answer, `pairs` a row a pair of answers that people exchanged.
    """

    statistic: float
    df: int
    p_value: float
    symmetry_statistic: float
    symmetry_df: int
    p_symmetry: float
    n: int
    n_discordant: int
    answers: pd.DataFrame
    pairs: pd.DataFrame
    outside: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return one tidy row of the tests, unrounded."""
        left_out = ("answers", "pairs", "outside")
        return pd.DataFrame([{k: v for k, v in vars(self).items() if k not in left_out}])

    def __str__(self) -> str:
        return (
            f"Quasi-symmetry: G2({self.df}) = {self.statistic:.2f}, {p_text(self.p_value)}; "
            f"equal margins given it: G2({self.symmetry_df}) = {self.symmetry_statistic:.2f}, "
            f"{p_text(self.p_symmetry)}; n = {self.n:,}, of whom {self.n_discordant:,} moved"
        )

    __repr__ = __str__


def exchanged(table: pd.DataFrame) -> list:
    """Name the answers between any two of which people moved both ways, if by way of others.

    Parameters
    ----------
    table : pandas.DataFrame
        As for `quasi_symmetry`.

    Returns
    -------
    list
        Labels, in order; of several such sets the largest. One label: there are none.

    Raises
    ------
    ValueError
        If the table is none of counts.

    Examples
    --------
    >>> labels = ["phone", "online", "video"]
    >>> exchanged(pd.DataFrame([[9, 4, 1], [5, 9, 2], [0, 0, 0]], index=labels, columns=labels))
    ['phone', 'online']
    """
    cells = square_cells(table)
    moved = cells - np.diag(np.diag(cells))
    _, part = csgraph.connected_components(moved > 0, directed=True, connection="strong")
    return list(table.index[part == np.argmax(np.bincount(part))])


def quasi_symmetry(table: pd.DataFrame, *, conf_level: float = 0.95) -> QuasiSymmetry:
    """Fit quasi-symmetry: each answer has one pull, whatever the other answer of a pair is.

    Parameters
    ----------
    table : pandas.DataFrame
        Square table of counts, shape (k, k), as `counts` returns it. One person counts once.
    conf_level : float
        Level of the intervals, between 0 and 1.

    Returns
    -------
    QuasiSymmetry
        `answers`: `answer, estimate` (log odds of "moved towards" against "moved away", against
        the average answer), `std_error, conf_low, conf_high, n_towards, n_away`. `pairs`, each
        pair in the direction that more people took: `from_answer, to_answer, n_there, n_back,
        estimate` (fitted log odds), `std_error, conf_low, conf_high`. `outside` names the
        answers without finite odds, which take no part.

    Raises
    ------
    ValueError
        If the table is none of counts, or no two answers have moves both ways.

    Notes
    -----
    log m_kl = s_kl + (t_l - t_k) / 2 with s_kl = s_lk (Caussinus 1965; Agresti 2013, Categorical
    Data Analysis, section 11.4), fitted by statsmodels' Poisson GLM on the cells off the diagonal;
    given who moved between k and l it is the model of Bradley and Terry. Finite estimates need a
    way there and back between any two answers (Ford 1957), so the largest set of answers with
    that property is fitted. G2 compares with the table as it is; the second test, of all t equal,
    is a test of marginal homogeneity if quasi-symmetry holds.

    Examples
    --------
    >>> labels = ["phone", "online", "in person"]
    >>> table = pd.DataFrame([[20, 10, 1], [3, 30, 15], [2, 5, 40]], index=labels, columns=labels)
    >>> quasi_symmetry(table).answers[["answer", "n_towards", "n_away"]]
         answer  n_towards  n_away
    0      phone          5      11
    1     online         15      18
    2  in person         16       7
    """
    cells = square_cells(table)
    moved = cells - np.diag(np.diag(cells))
    labels = exchanged(table)
    if len(labels) < 2:
        raise ValueError("no two answers have moves in both directions; there are no odds to fit")
    kept = table.index.get_indexer(labels)
    inside = moved[np.ix_(kept, kept)]
    one, two = (each for each in np.triu_indices(len(kept), 1))
    some = inside[one, two] + inside[two, one] > 0
    one, two = one[some], two[some]
    there, back = inside[one, two], inside[two, one]
    fit, pull = _fit(there, back, one, two, len(kept))
    df_pull = len(kept) - 1
    z = stats.norm.isf((1 - conf_level) / 2)
    pull_covariance = np.zeros((len(kept), len(kept)))
    pull_covariance[1:, 1:] = fit.cov_params()[-df_pull:, -df_pull:]
    centre = np.eye(len(kept)) - 1 / len(kept)
    answers = _interval(centre @ pull, centre @ pull_covariance @ centre.T, z)
    answers.insert(0, "answer", pd.Categorical(labels, categories=list(table.index)))
    answers = answers.assign(
        n_towards=inside.sum(axis=0).astype(int), n_away=inside.sum(axis=1).astype(int)
    )
    turned = back > there
    one, two = np.where(turned, two, one), np.where(turned, one, two)
    contrast = np.eye(len(kept))[two] - np.eye(len(kept))[one]
    pairs = _interval(contrast @ pull, contrast @ pull_covariance @ contrast.T, z)
    names = np.array(labels, dtype=object)
    pairs = pd.DataFrame(
        {
            "from_answer": names[one],
            "to_answer": names[two],
            "n_there": np.maximum(there, back).astype(int),
            "n_back": np.minimum(there, back).astype(int),
        }
    ).join(pairs)
    df = len(there) - df_pull
    gain = max(2 * _divergence(there, back).sum() - fit.deviance, 0.0)
    return QuasiSymmetry(
        statistic=float(fit.deviance) if df else 0.0,
        df=df,
        p_value=float(stats.chi2.sf(fit.deviance, df)) if df else 1.0,
        symmetry_statistic=float(gain),
        symmetry_df=df_pull,
        p_symmetry=float(stats.chi2.sf(gain, df_pull)),
        n=int(cells.sum()),
        n_discordant=int(inside.sum()),
        answers=answers,
        pairs=pairs,
        outside=tuple(str(each) for at, each in enumerate(table.index) if at not in kept),
    )


def _fit(
    there: np.ndarray, back: np.ndarray, one: np.ndarray, two: np.ndarray, size: int
) -> tuple[object, np.ndarray]:
    """Fit the Poisson model of a pair effect and the pull of each answer, the first being 0."""
    pair = np.tile(np.eye(len(there)), (2, 1))
    pull = (np.eye(size)[two] - np.eye(size)[one]) / 2
    design = np.hstack([pair, np.vstack([pull, -pull])[:, 1:]])
    model = GLM(np.concatenate([there, back]), design, family=families.Poisson())
    # A saturated model predicts perfectly and has no residual degrees of freedom: statsmodels
    # warns of the one and divides by the other. The odds are finite by the choice of answers.
    with np.errstate(invalid="ignore", divide="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fit = model.fit(tol=1e-12, tol_criterion="params", maxiter=200)
    if not fit.converged:
        raise ValueError("quasi-symmetry did not converge; combine answers that few people name")
    return fit, np.concatenate([[0.0], fit.params[len(there) :]])


def _interval(estimate: np.ndarray, covariance: np.ndarray, z: float) -> pd.DataFrame:
    std_error = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    return pd.DataFrame(
        {
            "estimate": estimate,
            "std_error": std_error,
            "conf_low": estimate - z * std_error,
            "conf_high": estimate + z * std_error,
        }
    )


def _divergence(there: np.ndarray, back: np.ndarray) -> np.ndarray:
    """Return n log(n / expected under symmetry) of each pair, both directions added."""
    half = (there + back) / 2
    return xlogy(there, there / half) + xlogy(back, back / half)

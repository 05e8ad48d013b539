"""Predicted shares with what differences between them need."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats

#: What the share of the named answers together is called in tables.
NAMED = "named answers"


@dataclass(frozen=True, kw_only=True)
class Margins:
    """Shares predicted with everybody set to a category, and what differences are taken from.

    `levels` has a row a setting: `variable, level, n`, and `n_top, raw_share`: how many of the
    people who are in the category gave a named answer, and their share. `estimate` has the shares
    of each of `answers`, the last one the named answers together, and `reference` the shares
    compared with; `gradient` and `reference_gradient` are their derivatives by the parameters of
    the model, whose covariance is `cov`, with `df` degrees of freedom.
    """

    levels: pd.DataFrame
    answers: tuple[str, ...]
    estimate: np.ndarray
    gradient: np.ndarray
    reference: np.ndarray
    reference_gradient: np.ndarray
    cov: np.ndarray
    df: float = np.inf

    def frame(self, answer: str = NAMED, *, conf_level: float = 0.95) -> pd.DataFrame:
        """Give the shares of one answer with intervals on the logit scale.

        Parameters
        ----------
        answer : str
            One of `answers`; the named answers together by default.
        conf_level : float
            Level of the intervals, between 0 and 1.

        Returns
        -------
        pandas.DataFrame
            `variable, level, answer, estimate, std_error, conf_low, conf_high, n, n_top,
            raw_share`. A share of 0 or 1, which all or none of the given answers make up, has
            no standard error and no interval: NaN.
        """
        at = self.position(answer)
        share, slopes = self.estimate[:, at], self.gradient[:, at]
        error = np.sqrt(np.einsum("ij,jk,ik->i", slopes, self.cov, slopes))
        error[(share == 0) | (share == 1)] = np.nan
        with np.errstate(invalid="ignore", divide="ignore"):
            reach = stats.t.isf((1 - conf_level) / 2, self.df) * error / (share * (1 - share))
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

    def position(self, answer: str) -> int:
        """Return the column of an answer."""
        if answer not in self.answers:
            raise ValueError(f"{answer!r} is not among {list(self.answers)}")
        return self.answers.index(answer)

"""The likelihood of the cumulative logit model, with its derivatives."""

import numpy as np
from scipy import special


class CumulativeLogit:
    """Negative log-likelihood of coefficients then thresholds, with its derivatives.

    Person i with answer y has p = F(theta_y - x'b) - F(theta_(y-1) - x'b). With the rows
    u = d(theta_y - x'b) and l = d(theta_(y-1) - x'b) by the parameters, the gradient of log p is
    (f_u u - f_l l) / p. It is concave in the parameters (Pratt 1981, JASA 76).
    """

    def __init__(self, answer: np.ndarray, exog: np.ndarray, answers: int) -> None:
        self.answer, self.answers, self.size = answer, answers, exog.shape[1]
        known = np.eye(answers)
        self.upper = np.hstack([-exog, known[answer][:, :-1]])
        self.lower = np.hstack([-exog, known[answer][:, 1:]])

    def start(self) -> np.ndarray:
        """Return no effects, and the thresholds that the answers alone give."""
        below = np.cumsum(np.bincount(self.answer, minlength=self.answers))[:-1]
        return np.r_[np.zeros(self.size), special.logit(below / len(self.answer))]

    def _parts(self, parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        upper = np.where(self.answer < self.answers - 1, self.upper @ parameters, np.inf)
        lower = np.where(self.answer > 0, self.lower @ parameters, -np.inf)
        high, low = special.expit(upper), special.expit(lower)
        return high, low, high - low

    def value(self, parameters: np.ndarray) -> float:
        """Return the negative log-likelihood; infinite where thresholds are out of order."""
        probability = self._parts(parameters)[2]
        return -float(np.log(probability).sum()) if (probability > 0).all() else np.inf

    def gradient(self, parameters: np.ndarray) -> np.ndarray:
        """Return the gradient of `value`."""
        return -self._scores(*self._parts(parameters)).sum(axis=0)

    def hessian(self, parameters: np.ndarray) -> np.ndarray:
        """Return the Hessian of `value`, the observed information."""
        high, low, probability = self._parts(parameters)
        curve_high = high * (1 - high) * (1 - 2 * high) / probability
        curve_low = low * (1 - low) * (1 - 2 * low) / probability
        scores = self._scores(high, low, probability)
        return (
            scores.T @ scores
            - (self.upper * curve_high[:, None]).T @ self.upper
            + (self.lower * curve_low[:, None]).T @ self.lower
        )

    def _scores(self, high: np.ndarray, low: np.ndarray, probability: np.ndarray) -> np.ndarray:
        """Return each person's gradient of the log-likelihood."""
        slope_high = high * (1 - high) / probability
        slope_low = low * (1 - low) / probability
        return self.upper * slope_high[:, None] - self.lower * slope_low[:, None]

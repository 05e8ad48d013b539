"""Newton's method with step-halving, for a function whose Hessian is known."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import linalg

#: What a step could still gain, in units of log-likelihood, when the search ends.
GAIN = 1e-12

MOST = 100


@dataclass(frozen=True, kw_only=True)
class Convergence:
    """How a search ended: `gain` is what the next step promised, `gradient` the largest slope."""

    iterations: int
    gain: float
    gradient: float
    converged: bool

    def __str__(self) -> str:
        end = "converged" if self.converged else "did not converge"
        return f"{end} in {self.iterations} steps, largest gradient {self.gradient:.1e}"

    __repr__ = __str__


def minimise(
    value: Callable[[np.ndarray], float],
    derivatives: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]],
    start: np.ndarray,
    *,
    gain: float = GAIN,
    most: int = MOST,
) -> tuple[np.ndarray, Convergence]:
    """Search for the minimum of a function.

    Parameters
    ----------
    value : callable
        The function; infinite where it is not defined.
    derivatives : callable
        Returns gradient and Hessian, or a positive definite matrix near it.
    start : numpy.ndarray
        Where to begin.
    gain : float
        The search ends when half the gradient times the Newton step is below this.
    most : int
        The most steps.

    Returns
    -------
    tuple of numpy.ndarray and Convergence
        Where the search ended, one step beyond the criterion, and how.

    Notes
    -----
    A step is halved until the function falls. Where the Hessian is not positive definite, a
    multiple of its diagonal is added (Levenberg). No step is taken on a criterion of the size of
    the parameters, so their unit does not matter.

    Examples
    --------
    >>> def slopes(x):
    ...     return 4 * (x - 3) ** 3, np.diag(12 * (x - 3) ** 2)
    >>> at, end = minimise(lambda x: float(((x - 3) ** 4).sum()), slopes, np.array([1.0]))
    >>> end.converged, bool(abs(at[0] - 3) < 0.01)
    (True, True)
    """
    at = np.array(start, dtype=float)
    here = value(at)
    for number in range(1, most + 1):
        gradient, hessian = derivatives(at)
        step = _solve(hessian, gradient)
        promised = 0.5 * float(gradient @ step)
        largest = float(np.abs(gradient).max(initial=0.0))
        if promised < gain:
            # One step more brings the parameters to the last digits, unless it leads uphill.
            last = at - step
            if value(last) <= here + 1e-9 * max(1.0, abs(here)):
                at = last
            end = {"iterations": number, "gain": promised, "gradient": largest}
            return at, Convergence(**end, converged=True)
        length = 1.0
        while not (there := value(at - length * step)) < here:
            length /= 2
            if length < 1e-10:
                end = {"iterations": number, "gain": promised, "gradient": largest}
                # A promise too small to be seen in the value is a promise kept.
                small = promised < 1e-10 * max(1.0, abs(here))
                return at, Convergence(**end, converged=small)
        at, here = at - length * step, there
    end = {"iterations": most, "gain": promised, "gradient": largest}
    return at, Convergence(**end, converged=False)


def _solve(hessian: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """Return the Newton step; downhill even where the Hessian is not positive definite."""
    scale = np.abs(np.diag(hessian)) + 1e-12 * np.abs(np.diag(hessian)).max(initial=1e-12)
    added = 0.0
    while True:
        try:
            factor = linalg.cho_factor(hessian + added * np.diag(scale), check_finite=False)
        except linalg.LinAlgError:
            added = max(10 * added, 1e-10)
            if added > 1e12:
                return gradient / scale
            continue
        return linalg.cho_solve(factor, gradient, check_finite=False)

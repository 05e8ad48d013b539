"""To which step a headline is published: exactly, or rounded as the rules on disclosure say."""

import re
from dataclasses import dataclass

#: Published numbers have eight digits; what is exact agrees to this.
EXACT = 1e-5


@dataclass(frozen=True)
class Steps:
    """Steps of the columns of a headline, 0 where the number is exact.

    `estimate` and `weighted` are rounded to the nearest multiple, `ends` and `weighted_ends`, the
    ends of intervals, outwards.
    """

    estimate: float = 0.0
    ends: float = 0.0
    weighted: float = 0.0
    weighted_ends: float = 0.0

    def of(self, column: str) -> float:
        """Return the step of a column of findings.csv.

        Examples
        --------
        >>> Steps(0.01, 0.01).of("conf_low"), Steps(0.01, 0.01).of("n")
        (0.01, 0.0)
        """
        names = {"conf_low": "ends", "conf_high": "ends", "weighted_low": "weighted_ends",
                 "weighted_high": "weighted_ends"}  # fmt: skip
        return getattr(self, names.get(column, column), 0.0)


_WHOLE, _BOTH = Steps(0.01, 0.01), Steps(0.01, 0.01, 0.01, 0.01)

#: What a headline is called, as a pattern -> its steps; the first that fits counts.
_RULES = {
    r"most_missing": _WHOLE,
    r"moved_most": Steps(0.001, 0.001),
    r"got_preferred": _WHOLE,
    r"(visibility|accessibility)_good": _BOTH,
    r"(highest|lowest)_(channel|visibility|accessibility)": _WHOLE,
    r"video_(age|disability|channel)_(highest|lowest)": _WHOLE,
    r"video_against_preference": _WHOLE,
    r"digital_gap": _BOTH,
    r"digital_by_\w+": _WHOLE,
    r"largest_gap": _WHOLE,
}


def steps_of(finding: str) -> Steps:
    """Say to which steps a headline is published.

    Parameters
    ----------
    finding : str
        Its id in findings.csv.

    Returns
    -------
    Steps
        All 0 for headlines that are exact; also for those of which the R script applies the rule
        itself, for it rounds counts of people, and a share not at all.

    Examples
    --------
    >>> steps_of("digital_gap").of("weighted_low"), steps_of("same_answer").of("estimate")
    (0.01, 0.0)
    """
    return next((steps for name, steps in _RULES.items() if re.fullmatch(name, finding)), Steps())


def distance(published: float, own: float, column: str, step: float) -> float:
    """Say by how much a number lies outside what the published one stands for.

    Parameters
    ----------
    published : float
        As findings.csv has it.
    own : float
        The number before it is rounded.
    column : str
        Of findings.csv; ends of intervals are rounded outwards, all else to the nearest.
    step : float
        Of the rounding; 0 for none.

    Returns
    -------
    float
        0 where it lies within; infinite where the published number is no multiple of the step.

    Examples
    --------
    >>> distance(0.37, 0.3719, "conf_low", 0.01)
    0.0
    >>> round(distance(0.38, 0.3719, "conf_low", 0.01), 9)
    0.0081
    >>> distance(0.375, 0.3719, "conf_low", 0.01)
    inf
    """
    if step == 0:
        return abs(published - own)
    if abs(published / step - round(published / step)) > 1e-6:
        return float("inf")
    below, above = {"low": (0.0, step), "high": (step, 0.0)}.get(
        column.rpartition("_")[2], (step / 2, step / 2)
    )
    return max(published - below - own, own - published - above, 0.0)

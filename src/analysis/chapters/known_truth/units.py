"""In what unit a quantity of the study is written, and towards which side it is an extreme."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit: its name in a table, behind a number in a sentence, and how it is written.

    `factor` turns what is stored into the unit, `digits` stand behind the point, and `least` is the
    smallest bias that is spoken of, as it is stored.
    """

    name: str
    said: str
    factor: float
    digits: int
    least: float

    def written(self, value: float, error: float) -> str:
        """Write a value with its Monte Carlo error, without the unit.

        Examples
        --------
        >>> unit_of("satisfied").written(-0.0026, 0.0031)
        '-0.3 ± 0.3'
        >>> unit_of("districts").written(-0.0381, 0.022)
        '-0.038 ± 0.022'
        """
        return f"{self.signed(value)} ± {self.factor * error:.{self.digits}f}"

    def signed(self, value: float) -> str:
        """Write a value with its sign, without the unit; nothing is +0."""
        rounded = round(self.factor * value, self.digits) + 0.0
        return f"{rounded:+.{self.digits}f}"


POINTS = Unit(name="points", said=" points", factor=100, digits=1, least=0.001)

#: Quantities that are no shares, and no differences of shares.
OTHERS = {
    "districts": Unit(
        name="logit scale", said=" on the logit scale", factor=1, digits=3, least=0.01
    ),
    "visibility_accessibility": Unit(
        name="tau-b, -1 to 1", said=" on the scale of tau-b (-1 to 1)", factor=1, digits=3,
        least=0.01,
    ),
    "replies_kept": Unit(
        name="points, of replies received", said=" points of replies received", factor=100,
        digits=1, least=0.001,
    ),
}  # fmt: skip

#: Extremes that are named because they are low; of `DIFFERENCES` the sign of the truth decides;
#: all others are named because they are high.
LOWEST = ("least_reached", "most_missing", "district_lowest", "video_age_lowest", "digital_by_age")
DIFFERENCES = ("largest_shift", "moved_most", "largest_gap")


def unit_of(quantity: str) -> Unit:
    """Return the unit of a quantity.

    Parameters
    ----------
    quantity : str
        A key of `names.NAMES`.

    Returns
    -------
    Unit
        Points, unless it is of another scale.
    """
    return OTHERS.get(quantity, POINTS)


def outwards(quantity: str, extremes: pd.DataFrame) -> float:
    """Say what an error of a quantity is to be multiplied with to be an overstatement.

    Parameters
    ----------
    quantity : str
        A key of `names.NAMES`.
    extremes : pandas.DataFrame
        The stored table of that name, for the sign of what is true.

    Returns
    -------
    float
        1.0 or -1.0; 1.0 for what is no extreme, whose error is the estimate less the truth.
    """
    mine = extremes[extremes["quantity"] == quantity]
    if mine.empty:
        return 1.0
    if quantity in DIFFERENCES:
        return float(np.sign(mine["truth"].iloc[-1]))
    return -1.0 if quantity in LOWEST else 1.0

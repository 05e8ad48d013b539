"""A headline as it would be if some people answered more readily than others."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.report import Weighted
from analysis.sensitivity import Bounds, Shifted, TippingPoint, tipping_point


@dataclass(frozen=True, kw_only=True)
class Headline:
    """A headline, and what becomes of it by the factor between chances of answering.

    `who` are the people that may answer more readily, as they stand inside a sentence, `they` the
    same behind `name`, which is the row's. `shifted` gives the estimate by the factor, `heavy` with
    weights; `weighted` is the weighted headline. `difference` tells a difference of shares from a
    share. `n` people.
    """

    key: str
    name: str
    who: str
    n: int
    shifted: Callable[[float], Shifted]
    difference: bool
    they: str = "people who say this"
    bounds: Bounds | None = None
    heavy: Callable[[float], Shifted] | None = None
    weighted: Weighted | None = None

    @property
    def plain(self) -> Shifted:
        """The headline without selection."""
        return self.shifted(1.0)

    @property
    def comparison(self) -> float:
        """What it is compared with: no difference, or a half of the people."""
        return 0.0 if self.difference else 0.5

    @property
    def compared(self) -> str:
        """The same in words."""
        return "0" if self.difference else "a half"

    @property
    def held(self) -> str:
        """What is said where the interval includes the comparison without selection."""
        return f"includes {self.compared}"

    @property
    def claims(self) -> bool:
        """Whether its interval leaves out the comparison, so that there is a claim to overturn."""
        return not self.plain.conf_low <= self.comparison <= self.plain.conf_high

    @property
    def tipping(self) -> TippingPoint:
        """The factors at which it changes."""
        return tipping_point(self.shifted, comparison=self.comparison)

    @property
    def heavy_tipping(self) -> TippingPoint | None:
        """The same with weights; None without."""
        if self.heavy is None:
            return None
        return tipping_point(self.heavy, comparison=self.comparison)

    @property
    def by_weights(self) -> float:
        """The factor that would move it as far as the weights do; NaN without weights.

        From estimates as they are shown, in whole percent or points.
        """
        if self.weighted is None:
            return float("nan")
        to = round(self.weighted.estimate, 2)
        if to == round(self.plain.estimate, 2):
            return 1.0
        return tipping_point(self.shifted, comparison=to).estimate

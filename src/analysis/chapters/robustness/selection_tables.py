"""The tables of how strong selection would have to be, headline by headline."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.chapters.robustness.selection import Selection
from analysis.chapters.robustness.selection_factors import drawn_factor, factor_text, measured_text
from analysis.chapters.robustness.selection_headline import Headline
from analysis.numerics import interval, outwards, percent, points
from analysis.sensitivity import EValue, TippingPoint, curve

#: How far curves reach at least, in either direction, and at most, to show where they tip.
REACH, FURTHEST = 4.0, 10.0

#: What stands for the E-value of an association that is not shown.
NOT_SHOWN = "not shown"

#: Headings of the columns that no other table has.
NAMES = {
    "headline": "Headline", "told": "Estimate", "told_interval": "95% interval",
    "tipping": "Factor, interval", "crossing": "Factor, estimate", "noise": "Factor, beyond chance",
    "by_weights": "Factor of the weights", "e_value": "E-value", "effective": "Effective n",
    "bounds": "Bounds", "bounds_interval": "Interval of the bounds", "unknown": "Not known",
    "association": "Association", "told_ratio": "Risk ratio", "e_limit": "E-value of the interval",
    "gamma": "Factor",
}  # fmt: skip


def tipping_table(found: Selection) -> pd.DataFrame:
    """Say of each headline which factor between chances of answering would overturn it.

    Parameters
    ----------
    found : Selection
        As `selection.gather` returns it.

    Returns
    -------
    pandas.DataFrame
        `headline, told, told_interval, tipping, crossing, noise, e_value, bounds, n`, text but for
        `n`. Factors as `factor_text` writes them: at which the interval first includes 0, or a
        half; at which the estimate is that; at which the interval first leaves out the estimate
        without selection.
    """
    return pd.DataFrame([_row(each, found) for each in found.headlines])


def weights_table(found: Selection) -> pd.DataFrame:
    """Say the same of each headline with weights, and how far the weights themselves move it.

    Parameters
    ----------
    found : Selection
        As `selection.gather` returns it.

    Returns
    -------
    pandas.DataFrame
        `headline, told, told_interval, tipping, crossing, by_weights, effective`, text; a row a
        headline that has weights. `by_weights` is the factor that moves the unweighted headline to
        the weighted one, `effective` Kish's effective n, as beside the headline elsewhere.
    """
    rows = []
    for each in (each for each in found.headlines if each.heavy is not None):
        plain, tipping, moved = each.heavy(1.0), each.heavy_tipping, each.by_weights
        rows.append(
            {
                "headline": each.name,
                "told": told(each, plain.estimate),
                "told_interval": span(each, plain),
                **_tips(each, tipping),
                "by_weights": "not moved" if moved == 1 else measured_text(moved),
                "effective": f"{each.weighted.effective_n:,.0f}",
            }
        )
    return pd.DataFrame(rows)


def bounds_table(found: Selection) -> pd.DataFrame:
    """Say between which ends each headline lies, whatever the answers to skipped questions.

    Parameters
    ----------
    found : Selection
        As `selection.gather` returns it.

    Returns
    -------
    pandas.DataFrame
        `headline, told, bounds, bounds_interval, unknown, n`, in whole percent or points,
        outwards; a row a headline that is no share of a model.
    """
    rows = [
        {"headline": each.name, "told": told(each, each.plain.estimate), "bounds": _bounds(each),
         "bounds_interval": span(each, each.bounds),
         "unknown": f"{each.bounds.unknown:,}", "n": each.n}
        for each in found.headlines if each.bounds is not None
    ]  # fmt: skip
    return pd.DataFrame(rows)


def association_table(e_values: Mapping[str, EValue]) -> pd.DataFrame:
    """Give the E-values of associations with satisfaction.

    Parameters
    ----------
    e_values : mapping of str to EValue
        As `Selection` has them.

    Returns
    -------
    pandas.DataFrame
        `association, told_ratio, e_value, e_limit`, text; no E-value of a ratio whose interval
        includes 1, since there is no association to explain.
    """
    rows = []
    for name, each in e_values.items():
        low, high = outwards(each.conf_low, each.conf_high)
        span = f"{each.ratio:.2f} ({low:.2f} to {high:.2f})"
        values = {"e_value": _e_value(each), "e_limit": f"{each.limit:.2f}"}
        rows.append({"association": name, "told_ratio": span} | values)
    return pd.DataFrame(rows)


def curve_table(headline: Headline, *, steps: int = 32) -> pd.DataFrame:
    """Lay out a headline over the factors, to be drawn.

    Parameters
    ----------
    headline : Headline
        One that may be shown.
    steps : int
        How many steps the curve has, even so that one is at 1.

    Returns
    -------
    pandas.DataFrame
        `gamma, estimate, conf_low, conf_high`, in whole percent or points, the interval outwards;
        evenly on the log scale from 1 / `REACH` to `REACH`, or beyond where it is told to tip.
    """
    tips = drawn_factor(factor_text(headline.tipping.interval))
    size = 1.15 * max(tips, 1 / tips)
    reach = np.log(size if REACH < size <= FURTHEST else REACH)
    rows = curve(headline.shifted, np.exp(np.linspace(-reach, reach, steps + 1)))
    low, high = outwards(rows["conf_low"], rows["conf_high"], step=0.01)
    numbers = {"gamma": rows["gamma"].round(4), "estimate": rows["estimate"].round(2) + 0.0}
    return rows.assign(**numbers, conf_low=low, conf_high=high)


def told(headline: Headline, value: float) -> str:
    """Write a value of a headline in whole percent, or whole points.

    Parameters
    ----------
    headline : Headline
        Any.
    value : float
        An estimate, or an end of an interval.

    Returns
    -------
    str
        Such as "56%" or "-16 points".
    """
    return f"{points(value, 0)} points" if headline.difference else percent(value)


def span(headline: Headline, ends: object) -> str:
    """Write the interval of a headline in whole percent or points, outwards.

    Parameters
    ----------
    headline : Headline
        Any.
    ends : object
        `conf_low` and `conf_high`.

    Returns
    -------
    str
        Such as "52% to 61%".
    """
    return _between(headline, ends.conf_low, ends.conf_high)


def _row(headline: Headline, found: Selection) -> dict[str, object]:
    plain, tipping = headline.plain, headline.tipping
    e_value = next(iter(found.e_values.values())) if headline.key == "got_preferred" else None
    return {
        "headline": headline.name,
        "told": told(headline, plain.estimate),
        "told_interval": span(headline, plain),
        **_tips(headline, tipping),
        "noise": factor_text(tipping.noise),
        "e_value": "" if e_value is None else _e_value(e_value),
        "bounds": "" if headline.bounds is None else _bounds(headline),
        "n": headline.n,
    }


def _tips(headline: Headline, tipping: TippingPoint) -> dict[str, str]:
    """Write both factors, or that the interval includes 0, or a half, without selection."""
    if tipping.interval == 1.0:
        return dict.fromkeys(("tipping", "crossing"), headline.held)
    return {"tipping": factor_text(tipping.interval), "crossing": factor_text(tipping.estimate)}


def _e_value(made: EValue) -> str:
    return NOT_SHOWN if made.limit == 1 else f"{made.estimate:.2f}"


def _bounds(headline: Headline) -> str:
    return _between(headline, headline.bounds.low, headline.bounds.high)


def _between(headline: Headline, low: float, high: float) -> str:
    return interval(low, high, "whole points" if headline.difference else "whole percent")

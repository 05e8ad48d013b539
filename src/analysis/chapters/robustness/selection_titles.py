"""Titles of the figure and captions of the tables on selection."""

import numpy as np

from analysis.chapters.robustness.selection import Selection
from analysis.chapters.robustness.selection_benchmark import Benchmark
from analysis.chapters.robustness.selection_factors import drawn_factor, factor_text, measured_text
from analysis.chapters.robustness.selection_headline import Headline
from analysis.chapters.robustness.selection_tables import told

#: What a table of factors says below it.
NOTE = (
    "Factor: the chance of answering of those who say this, divided by that of all others (0.25: a "
    "quarter as likely to answer; 4: four times as likely). Interval: at which, and further from "
    "1, it includes 0, or a half; estimate: at which it is that; beyond chance: at which the "
    "interval leaves out what was estimated; all three rounded towards 1. E-value: not shown, if "
    "the interval of the ratio includes 1. Bounds: of everybody who returned a reply and was asked."
)

#: What a table of bounds says below it.
BOUNDS_NOTE = (
    "Bounds: nobody, or everybody, of those not known says yes (Manski); their interval covers "
    "the share of everybody who returned a reply and was asked, wherever it lies between them "
    "(Imbens and Manski). People who returned no reply are not in them."
)

#: What a table of E-values says below it.
E_VALUE_NOTE = (
    "E-value: the least ratio by which a characteristic that is not measured would have to go "
    "with both to make the association alone (VanderWeele and Ding). Of an odds ratio the square "
    "root stands for the risk ratio. Not shown: the interval of the ratio includes 1, so no "
    "association is shown that would have to be made, and the E-value of the interval is 1. Of one "
    "answer each the two ends are compared, the highest and the lowest adjusted share of those "
    "that may be shown; intervals hold for all pairs."
)

#: What one in so many is called.
_PARTS = {
    2: "half", 3: "a third", 4: "a quarter", 5: "a fifth", 6: "a sixth", 7: "a seventh",
    8: "an eighth", 9: "a ninth", 10: "a tenth",
}  # fmt: skip


def drawn(found: Selection) -> Headline | None:
    """Choose the headline whose curve is drawn: the first that claims something.

    Parameters
    ----------
    found : Selection
        As `selection.gather` returns it.

    Returns
    -------
    Headline or None
        The first of all where none does; None without headlines.
    """
    claims = [each for each in found.headlines if each.claims]
    return next(iter([*claims, *found.headlines]), None)


def curve_words(headline: Headline, known: Benchmark | None) -> dict[str, object]:
    """Say what the figure of a headline says: what `figures.tipping_curve` takes besides the rows.

    Parameters
    ----------
    headline : Headline
        Which is drawn.
    known : Benchmark or None
        As `selection_benchmark.strongest` returns it.

    Returns
    -------
    dict
        Keywords of `figures.tipping_curve`.
    """
    label = "No difference" if headline.difference else "Half of the people"
    return {
        "title": curve_title(headline),
        "subtitle": f"{headline.name}, if {headline.who} are more or less likely to answer than "
        f"all others; band: 95% interval; {headline.n:,} people",
        "comparison": headline.comparison,
        "comparison_label": label,
        "tipping": drawn_factor(factor_text(headline.tipping.interval)),
        "tipping_label": f"interval includes {headline.compared}",
        "across": "How likely these people are to answer, against all others",
        "measured": 1.0 if known is None else drawn_factor(measured_text(known.gamma)),
        "measured_label": "strongest measured",
        "points": headline.difference,
    }


def curve_title(headline: Headline) -> str:
    """State the finding of the figure.

    Parameters
    ----------
    headline : Headline
        Which is drawn.

    Returns
    -------
    str
        The factor from which on the claim is lost.
    """
    start = f"{headline.name}, {told(headline, headline.plain.estimate)}"
    tips = headline.tipping.interval
    if not headline.claims:
        return f"{start}: the interval {headline.held} as it is"
    if not np.isfinite(tips):
        return f"{start}: shown whatever factor is tried"
    lost = "no longer shown" if headline.difference else "the side of a half is no longer shown"
    return f"{start}: {lost} if {headline.they} were {_as_likely(tips)}"


def _as_likely(gamma: float) -> str:
    """Say a factor in a sentence: up to a half as a fraction, made exact by 1 in so many."""
    if gamma > 0.5:
        return f"{factor_text(gamma)} times as likely to answer as all others"
    times = factor_text(1 / gamma)
    part = _PARTS[min(int(float(times)), max(_PARTS))]
    return f"less than {part} as likely to answer (1 in {times})"

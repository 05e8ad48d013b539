"""Titles of the figure and captions of the tables on selection."""

import numpy as np

from analysis.chapters.robustness.selection import Selection
from analysis.chapters.robustness.selection_benchmark import Benchmark
from analysis.chapters.robustness.selection_headline import Headline
from analysis.chapters.robustness.selection_tables import size_text, told

#: What a table of factors says below it.
NOTE = (
    "Factor: how many times more, or less, likely to answer those who say this would have to be, "
    "against all others. Interval: from which on it holds 0, or a half; estimate: at which it is "
    "that; beyond chance: at which the interval leaves out what was estimated. Rounded towards 1."
)

#: What a table of bounds says below it.
BOUNDS_NOTE = (
    "Bounds: nobody, or everybody, of those not known says yes (Manski); their interval covers "
    "the share wherever it lies between them (Imbens and Manski)."
)

#: What a table of E-values says below it.
E_VALUE_NOTE = (
    "E-value: the least ratio by which a characteristic that is not measured would have to go "
    "with both to make the association alone (VanderWeele and Ding). Of an odds ratio the square "
    "root stands for the risk ratio. Intervals of channels hold for all pairs."
)


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
    what = "0" if headline.difference else "a half"
    label = "No difference" if headline.difference else "Half of the people"
    return {
        "title": curve_title(headline),
        "subtitle": f"{headline.name}, if {headline.who} are more or less likely to answer than "
        f"all others; band: 95% interval; {headline.n:,} people",
        "comparison": headline.comparison,
        "comparison_label": label,
        "tipping": headline.tipping.interval,
        "tipping_label": f"interval holds {what}",
        "across": "How likely these people are to answer, against all others",
        "measured": 1.0 if known is None else known.gamma,
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
    more = "more" if tips > 1 else "less"
    size = f"{size_text(tips)} times {more}"
    lost = "no longer shown" if headline.difference else "the side of a half is no longer shown"
    return f"{start}: {lost} if people who say this are {size} likely to answer"

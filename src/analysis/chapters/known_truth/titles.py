"""Titles and notes of notebook 10."""

import numpy as np
import pandas as pd

from analysis.chapters.known_truth.verdicts import COVERAGE, HIGH, LOW


def coverage_title(rows: pd.DataFrame) -> str:
    """Say how many kinds of interval hold more often than wanted, and how many less often.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `verdicts.judged` returns it.

    Returns
    -------
    str
        A finding.

    Examples
    --------
    >>> coverage_title(pd.DataFrame({"verdict": ["in range", "too high", "in range"]}))
    '1 of 3 kinds of interval holds more often than wanted; none is shown to hold less often'
    >>> coverage_title(pd.DataFrame({"verdict": ["in range", "too low", "too high"]}))
    '1 of 3 kinds of interval holds less often than wanted, 1 more often'
    >>> coverage_title(pd.DataFrame({"verdict": ["in range", "in range"]}))
    'Of 2 kinds of interval none is shown to hold less often than wanted, or more often'
    """
    low, high = (int((rows["verdict"] == each).sum()) for each in (LOW, HIGH))
    kinds = f"{len(rows)} kinds of interval"
    if low:
        holds = "holds" if low == 1 else "hold"
        return f"{low} of {kinds} {holds} less often than wanted, {high or 'none'} more often"
    if high:
        holds = "holds" if high == 1 else "hold"
        return f"{high} of {kinds} {holds} more often than wanted; none is shown to hold less often"
    return f"Of {kinds} none is shown to hold less often than wanted, or more often"


def coverage_words(rows: pd.DataFrame) -> dict[str, object]:
    """Give the words, line, range and axis of the figure of coverage, as `figures.dots` takes them.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `drawn` returns it.

    Returns
    -------
    dict
        `subtitle, overall, overall_label, band, start, across`. The axis begins at 80%, or at the
        five percent below the lowest end of a line.
    """
    low, high = (100 * each for each in COVERAGE)
    lowest = np.floor(20 * rows["conf_low"].min()) / 20 if len(rows) else 1.0
    return {
        "subtitle": "Share of simulated surveys whose interval contains the truth, with two Monte "
        f"Carlo errors to either side; shaded: the wanted {low:g} to {high:g}%",
        "overall": 0.95,
        "overall_label": "Nominal",
        "band": COVERAGE,
        "start": float(min(0.8, lowest)),
        "across": "share of surveys",
    }


def drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay out how often intervals hold as a figure takes it.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `verdicts.judged` returns it.

    Returns
    -------
    pandas.DataFrame
        `level, estimate, conf_low, conf_high`: the rate, and two Monte Carlo errors around it.
    """
    reach = 2 * rows["coverage_error"]
    return pd.DataFrame({
        "level": rows["level"],
        "estimate": rows["coverage"],
        "conf_low": (rows["coverage"] - reach).clip(lower=0.0),
        "conf_high": (rows["coverage"] + reach).clip(upper=1.0),
    })  # fmt: skip


def base_note(made: dict[str, str]) -> str:
    """Say what the tables of the study were made from.

    Parameters
    ----------
    made : dict
        As `stored.manifest` returns it.

    Returns
    -------
    str
        Sentences.
    """
    return (
        f"Simulated: {int(made['surveys']):,} surveys from one population of "
        f"{int(made['population']):,} simulated people, seed {made['seed']}. ± is one Monte Carlo "
        "error: by how much a rate or a mean would typically differ if as many surveys were "
        "simulated anew. Where a survey has one interval or test, that of its rate is computed as "
        "if one survey more had gone either way, so 100% and 0% have an error, too. "
        f"Generator {made['generator'][:12]}."
    )

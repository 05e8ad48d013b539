"""The page on the coverage of intervals, and the populations that it is about."""

import numpy as np
import pandas as pd

from analysis.paired import difference
from analysis.report import percent

#: Shares of nine channels in use and in preference, and of people who use what they prefer.
USED = np.array([0.50, 0.20, 0.08, 0.06, 0.05, 0.04, 0.03, 0.02, 0.02])

PREFERRED = np.array([0.34, 0.18, 0.09, 0.15, 0.10, 0.05, 0.04, 0.02, 0.03])

AGREEMENT = 0.62

#: A channel that at most this share uses is rare; one of at least the second is common.
RARE, COMMON = 0.04, 0.20

#: The grid of exact coverage: shares of discordant people, and the part of them who used.
DISCORDANT = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8)

BACK = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)

#: Sizes for which all samples can be listed.
LISTED = (30, 100, 400)

TITLES = {
    "exact": "One channel, exactly",
    "pointwise": "One of nine channels",
    "simultaneous": "All nine channels together",
    "tests": "Tests where nothing shifts",
}

EXPLANATION = {
    "exact": "Probability that a 95% interval holds the true shift, added up over all samples "
    f"there can be, for {len(DISCORDANT) * len(BACK)} pairs of a share of people with different "
    f"answers ({DISCORDANT[0]:.1%} to {DISCORDANT[-1]:.0%}) and a part of them who used the "
    "channel (none to half); in brackets the average width in percentage points. Newcombe's "
    "interval is not here: it depends on a fourth count.",
    "pointwise": "Share of samples whose 95% interval holds the true shift, averaged over the rare "
    f"channels (at most {RARE:.0%} use them) or the common ones (at least {COMMON:.0%}); in "
    "brackets the average width of the interval in percentage points.",
    "simultaneous": "Share of samples in which the intervals of all nine channels hold their true "
    "shifts. Bonett and Price's intervals with three critical values, and the weighted ones.",
    "tests": "Share of samples in which p is 0.05 or below, though no channel shifts and groups do "
    "not differ. The rows on max-t count a sample if any channel is found to shift.",
}


def to_page(frame: pd.DataFrame) -> str:
    """Write the page about a table of coverage.

    Parameters
    ----------
    frame : pandas.DataFrame
        As in docs/coverage.csv.

    Returns
    -------
    str
        Markdown.
    """
    worst = frame["mc_error"].max()
    counted = frame[(frame["table"] == "pointwise") & frame["method"].isin(difference.METHODS)]
    lowest = counted.groupby("method", sort=False)["share"].agg(["min", "max"])
    spans = [
        f"{name} {percent(row['min'], 1)} to {percent(row['max'], 1)}"
        for name, row in lowest.iterrows()
    ]
    lines = [
        "# Coverage of the intervals and size of the tests",
        "",
        "Made by `python -m analysis coverage` (some minutes); do not edit. **Simulated**: samples "
        "of made-up populations with nine channels, one answer a person, "
        f"{percent(AGREEMENT)} of whom use what they prefer. `src/analysis/coverage_page.py` has "
        "the shares. The Monte Carlo error of a share is "
        f"{percent(worst, 1)} at most; docs/coverage.csv has it for each.",
        "",
        f"Over all sizes and both populations, coverage of pointwise intervals runs: "
        f"{'; '.join(spans)}. `paired.shifts` uses {next(iter(difference.METHODS))}.",
    ]
    for name, title in TITLES.items():
        here = frame[frame["table"] == name]
        lines += ["", f"## {title}", "", EXPLANATION[name], ""]
        lines += _markdown(here)
    return "\n".join(lines) + "\n"


def _markdown(frame: pd.DataFrame) -> list[str]:
    keys = [key for key in ("population", "channels") if len(set(frame[key])) > 1] + ["method"]
    cells = frame.assign(
        cell=[
            percent(row.share, 1) + ("" if np.isnan(row.width) else f" ({100 * row.width:.1f})")
            for row in frame.itertuples()
        ]
    )
    wide = cells.pivot_table(index=keys, columns="n", values="cell", aggfunc="first", sort=False)
    heads = [*(key.capitalize() for key in keys), *(f"n = {n:,}" for n in wide.columns)]
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for index, row in zip(wide.index, wide.to_numpy(), strict=True):
        names = index if isinstance(index, tuple) else (index,)
        lines.append("| " + " | ".join([*names, *row]) + " |")
    return lines
